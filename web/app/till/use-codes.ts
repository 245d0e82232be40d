import { useRef, useState } from 'react'
import { isEanMisread } from './is-ean-misread.ts'
import { playRefusal } from './play-refusal.ts'
import type { TillPiece } from './sale.ts'
import { askCode } from './till-requests.ts'

interface Codes {
  /** Why the last code put nothing into the sale; null when it did. */
  notice: string | null
  /** Puts the piece of a code into the sale; false when there is none of this code. Codes are taken in their order. */
  take: (code: string, how: 'scanned' | 'typed') => Promise<boolean>
}

/** Codes on their way into the sale. What was typed may be a name: only a scan that fails is told and heard. */
export function useCodes(register: string, onFound: (piece: TillPiece) => void): Codes {
  const [notice, setNotice] = useState<string | null>(null)
  const queue = useRef<Promise<unknown>>(Promise.resolve())

  async function look(code: string, how: 'scanned' | 'typed'): Promise<boolean> {
    const answer = await askCode(register, code)
    if (answer.kind === 'found') {
      setNotice(null)
      onFound(answer.piece)
      return true
    }
    if (answer.kind === 'unknown' && how === 'typed') {
      setNotice(null)
      return false
    }
    playRefusal()
    switch (answer.kind) {
      case 'unknown':
        setNotice(
          isEanMisread(code) ? `${code} was misread. Scan it again.` : `No piece has the code ${code}.`,
        )
        break
      case 'not-sold-here':
        setNotice(`${answer.name} is not sold in this country.`)
        break
      case 'lost':
        setNotice(`No answer about ${code}. Scan it again.`)
        break
      case 'signed-out':
        setNotice('Your session is over. Reload the page to sign in; the sale stays.')
        break
    }
    return true
  }

  return {
    notice,
    take(code, how) {
      const turn = queue.current.then(() => look(code, how))
      queue.current = turn
      return turn
    },
  }
}

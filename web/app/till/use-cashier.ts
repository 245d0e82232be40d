import { useState } from 'react'
import { toAmount } from '#app/staff/amount.ts'
import { newKey } from './new-key.ts'
import { playRefusal } from './play-refusal.ts'
import { dueOf, type Sale, type TillPiece } from './sale.ts'
import type { SoldSale } from './sold-panel.tsx'
import { sendSale, type SellRequest } from './till-requests.ts'
import { useSale } from './use-sale.ts'

interface Cashier {
  sale: Sale
  /** What is to be paid, in minor units: the house's word once it said one, else the sum of the lines. */
  due: bigint
  sold: SoldSale | null
  /** Why the sale was not recorded, when it is not about one line or the cash. */
  notice: string | null
  tenderProblem: string | null
  isSending: boolean
  add: (piece: TillPiece) => void
  set: (variantId: string, quantity: number) => void
  clear: () => void
  /** Records the sale for cash; resolves to whether the clerk has to stay at the cash. */
  take: (givenMinor: bigint) => Promise<boolean>
  sendAgain: () => void
  next: () => void
}

/** The open sale and its way into the books. */
export function useCashier(
  register: string,
  { currency, digits }: { currency: string; digits: number },
): Cashier {
  const [sale, change] = useSale(register)
  const [sold, setSold] = useState<SoldSale | null>(null)
  const [notice, setNotice] = useState<string | null>(null)
  const [houseDue, setHouseDue] = useState<bigint | null>(null)
  const [tenderProblem, setTenderProblem] = useState<string | null>(null)
  const [isSending, setSending] = useState(false)

  function forgetAnswer(): void {
    setNotice(null)
    setHouseDue(null)
    setTenderProblem(null)
  }

  async function send(request: SellRequest): Promise<boolean> {
    setSending(true)
    forgetAnswer()
    change({ kind: 'send', request })
    const answer = await sendSale(register, request)
    setSending(false)
    switch (answer.kind) {
      case 'sold': {
        const given = request.tenders.reduce((sum, tender) => sum + BigInt(tender.amount), 0n)
        setSold({
          orderId: answer.order.id,
          number: answer.order.number,
          total: answer.order.total,
          change: answer.change,
          given: { currency, amount: toAmount(given, digits) },
        })
        change({ kind: 'next', key: newKey() })
        return false
      }
      // Nobody knows whether it is recorded: the sale stays locked, and the same is sent again.
      case 'lost':
        return false
      case 'signed-out':
        setNotice('Your session is over. Reload the page to sign in; the sale stays.')
        return false
      case 'lines-refused':
        change({ kind: 'answered' })
        change({ kind: 'flag', problems: answer.problems })
        setNotice(answer.message)
        playRefusal()
        return false
      case 'mismatch':
        change({ kind: 'answered' })
        setHouseDue(BigInt(answer.due.minorUnits))
        setTenderProblem(answer.message)
        playRefusal()
        return true
      case 'refused':
        change({ kind: 'answered' })
        setNotice(answer.message)
        playRefusal()
        return false
    }
  }

  return {
    sale,
    due: houseDue ?? dueOf(sale),
    sold,
    notice,
    tenderProblem,
    isSending,
    add(piece) {
      setSold(null)
      forgetAnswer()
      change({ kind: 'add', piece })
    },
    set(variantId, quantity) {
      forgetAnswer()
      change({ kind: 'set', variantId, quantity })
    },
    clear() {
      forgetAnswer()
      change({ kind: 'next', key: newKey() })
    },
    take: (givenMinor) =>
      send({
        lines: sale.lines.map(({ variantId, quantity }) => ({ variantId, quantity })),
        tenders: [{ kind: 'CASH', amount: String(givenMinor) }],
        soldAt: new Date().toISOString(),
        idempotencyKey: sale.key,
      }),
    sendAgain() {
      if (sale.sent !== null) void send(sale.sent)
    },
    next() {
      setSold(null)
      forgetAnswer()
    },
  }
}

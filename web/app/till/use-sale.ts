import { useEffect, useReducer, useState } from 'react'
import { newKey } from './new-key.ts'
import { changeSale, type Sale, type SaleChange } from './sale.ts'

/** The till's open sale. Kept in the browser's tab, so that a reload or a lost connection loses nothing. */
export function useSale(register: string): [sale: Sale, change: (change: SaleChange) => void] {
  const [sale, change] = useReducer(changeSale, { key: '', lines: [], sent: null })
  const [isRestored, setRestored] = useState(false)
  const place = `maison.sale.${register}`

  useEffect(() => {
    const kept = read(sessionStorage.getItem(place))
    change(kept === null ? { kind: 'next', key: newKey() } : { kind: 'restore', sale: kept })
    setRestored(true)
  }, [place])

  useEffect(() => {
    if (isRestored) sessionStorage.setItem(place, JSON.stringify(sale))
  }, [sale, isRestored, place])

  return [sale, change]
}

/** Only this file writes it; a version of it that does not read is as good as none. */
function read(text: string | null): Sale | null {
  try {
    const sale = JSON.parse(text ?? 'null') as Partial<Sale> | null
    const isSale =
      typeof sale?.key === 'string' && sale.key !== '' && Array.isArray(sale.lines) && sale.sent !== undefined
    return isSale ? (sale as Sale) : null
  } catch {
    return null
  }
}

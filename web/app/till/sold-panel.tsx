import { useEffect, useRef } from 'react'
import { Link } from 'react-router'
import type { MoneyAmount } from '#app/i18n/format.ts'
import { useI18n } from '#app/i18n/use-i18n.ts'

export interface SoldSale {
  orderId: string
  number: string
  total: MoneyAmount
  given: MoneyAmount
  change: MoneyAmount & { minorUnits: string }
}

interface SoldPanelProps {
  register: string
  sold: SoldSale
  onNext: () => void
}

/** Recorded: what goes back to the customer, readable from a step away. */
export function SoldPanel({ register, sold, onNext }: SoldPanelProps) {
  const { money } = useI18n()
  const next = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    next.current?.focus()
  }, [])
  const hasChange = BigInt(sold.change.minorUnits) > 0n
  return (
    <section className="till-sold" aria-label="Sold">
      <p className="soft">Sold, {sold.number}</p>
      <div role="status">
        <p className="till-change-label">{hasChange ? 'Change' : 'No change'}</p>
        {hasChange ? <p className="till-change number">{money(sold.change)}</p> : null}
      </div>
      <dl className="facts till-sold-facts">
        <dt>Total</dt>
        <dd className="number">{money(sold.total)}</dd>
        <dt>Given</dt>
        <dd className="number">{money(sold.given)}</dd>
      </dl>
      <div className="till-actions">
        <Link className="button till-touch" to={receiptPath(register, sold)}>
          Receipt
        </Link>
        <button ref={next} type="button" className="button button-primary till-touch" onClick={onNext}>
          Next customer
        </button>
      </div>
    </section>
  )
}

function receiptPath(register: string, sold: SoldSale): string {
  const search = new URLSearchParams({ given: sold.given.amount, change: sold.change.amount })
  return `/pos/${register}/receipts/${sold.orderId}?${search.toString()}`
}

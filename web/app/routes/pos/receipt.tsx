import { useEffect, useRef } from 'react'
import { data, Link } from 'react-router'
import { execute } from '#app/graphql/execute.server.ts'
import { isUuid } from '#app/forms/is-uuid.ts'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { fitReceiptPage } from '#app/till/fit-receipt-page.ts'
import { graphql } from '#generated/gql.ts'
import { getRegister } from './find-register.server.ts'
import type { Route } from './+types/receipt'
import './receipt.css'

const ReceiptPage = graphql(`
  query ReceiptPage($id: ID!) {
    order(id: $id) {
      id
      number
      channel
      placedAt
      market {
        id
        pricesIncludeTax
      }
      shop {
        id
        name
      }
      lines {
        id
        name
        optionsLabel
        sku
        quantity
        unitPrice {
          currency
          amount
        }
        total {
          currency
          amount
        }
      }
      subtotal {
        currency
        amount
      }
      tax {
        currency
        amount
      }
      total {
        currency
        amount
      }
    }
  }
`)

export async function loader({ params, context, request }: Route.LoaderArgs) {
  const { register } = await getRegister(context, request, params.register)
  if (!isUuid(params.order)) throw data({ message: '' }, { status: 404 })
  const { order } = await execute(context, ReceiptPage, { id: params.order })
  if (order?.channel !== 'POS') throw data({ message: '' }, { status: 404 })
  const asked = new URL(request.url).searchParams
  const cash = { given: asked.get('given') ?? '', change: asked.get('change') ?? '' }
  // The paper says what was handed over right after the sale; the books keep only what stayed.
  const isCash = /^\d{1,15}(\.\d{1,4})?$/.test(cash.given) && /^\d{1,15}(\.\d{1,4})?$/.test(cash.change)
  return { register, order, cash: isCash ? cash : null }
}

export default function Receipt({ loaderData }: Route.ComponentProps) {
  const { register, order, cash } = loaderData
  const { money, date } = useI18n()
  const paper = useRef<HTMLElement>(null)
  useEffect(() => (paper.current === null ? undefined : fitReceiptPage(paper.current)), [])
  const { currency } = order.total
  return (
    <div className="receipt-page">
      <title>{`Receipt ${order.number} · Maison`}</title>
      <div className="receipt-actions row">
        <button
          type="button"
          className="button button-primary till-touch"
          onClick={() => {
            window.print()
          }}
        >
          Print
        </button>
        <Link className="button till-touch" to={`/pos/${register.code}`}>
          Next customer
        </Link>
      </div>
      <article className="receipt" ref={paper}>
        <header>
          <p className="receipt-mark">Maison</p>
          <p>{order.shop?.name}</p>
          <h1 className="receipt-number">{order.number}</h1>
          <p>{date(order.placedAt, { market: order.market.id, withTime: true })}</p>
          <p>Till {register.code}</p>
        </header>
        <ul className="receipt-lines">
          {order.lines.map((line) => (
            <li key={line.id}>
              <span>{line.name}</span>
              <span className="number">{money(line.total)}</span>
              <span className="receipt-line-detail">
                {[
                  line.optionsLabel,
                  line.sku,
                  line.quantity > 1 ? `${line.quantity} × ${money(line.unitPrice)}` : '',
                ]
                  .filter((text) => text !== '')
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
        <dl className="receipt-sums">
          {order.market.pricesIncludeTax ? null : (
            <>
              <dt>Subtotal</dt>
              <dd className="number">{money(order.subtotal)}</dd>
              <dt>Tax</dt>
              <dd className="number">{money(order.tax)}</dd>
            </>
          )}
          <dt className="receipt-total">Total</dt>
          <dd className="receipt-total number">{money(order.total)}</dd>
          {order.market.pricesIncludeTax ? (
            <>
              <dt>Tax included</dt>
              <dd className="number">{money(order.tax)}</dd>
            </>
          ) : null}
          {cash === null ? null : (
            <>
              <dt>Cash given</dt>
              <dd className="number">{money({ currency, amount: cash.given })}</dd>
              <dt>Change</dt>
              <dd className="number">{money({ currency, amount: cash.change })}</dd>
            </>
          )}
        </dl>
        <p className="receipt-thanks">Thank you. Please keep this receipt.</p>
      </article>
    </div>
  )
}

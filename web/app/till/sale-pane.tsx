import { Button } from '#app/design/button.tsx'
import { Notice } from '#app/design/notice.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'
import type { MoneyAmount } from '#app/i18n/format.ts'
import { piecesOf, type Sale, type SaleLine } from './sale.ts'

interface SalePaneProps {
  sale: Sale
  due: MoneyAmount | null
  taxNote: string | null
  notice: string | null
  onSet: (variantId: string, quantity: number) => void
  onClear: () => void
  onPay: () => void
  onSendAgain: () => void
  isSending: boolean
}

/** The open sale: its lines, what is due, and the way to pay it. */
export function SalePane(props: SalePaneProps) {
  const { sale, due, taxNote, notice, onSet, onClear, onPay, onSendAgain, isSending } = props
  const { money } = useI18n()
  const isLocked = sale.sent !== null
  return (
    <section className="till-sale" aria-label="Sale">
      {sale.lines.length === 0 ? (
        <div className="till-sale-empty">
          <h2>Next customer</h2>
          <p className="soft">Scan a piece, type its code, or touch it.</p>
        </div>
      ) : (
        <ul className="till-lines">
          {sale.lines.map((line) => (
            <Line key={line.variantId} line={line} isLocked={isLocked} onSet={onSet} />
          ))}
        </ul>
      )}
      <div className="till-foot">
        {notice === null ? null : <Notice tone="bad">{notice}</Notice>}
        {due === null ? null : (
          <dl className="till-due">
            <dt>
              {piecesOf(sale) === 1 ? '1 piece' : `${piecesOf(sale)} pieces`}
              {taxNote === null ? null : <span className="soft small"> {taxNote}</span>}
            </dt>
            <dd className="number">{money(due)}</dd>
          </dl>
        )}
        {sale.lines.length === 0 ? null : isLocked && !isSending ? (
          <>
            <Notice tone="careful" title="No answer came">
              The sale may be recorded already. Send it again: it is recorded once, and nothing can be lost.
            </Notice>
            <Button type="button" kind="primary" wide className="till-touch" onClick={onSendAgain}>
              Send again
            </Button>
          </>
        ) : (
          <div className="till-actions">
            <Button type="button" className="till-touch" onClick={onClear} disabled={isLocked}>
              Clear
            </Button>
            <Button
              type="button"
              kind="primary"
              className="till-touch"
              onClick={onPay}
              disabled={isLocked}
              pending={isSending}
            >
              Take cash
            </Button>
          </div>
        )}
      </div>
    </section>
  )
}

interface LineProps {
  line: SaleLine
  isLocked: boolean
  onSet: (variantId: string, quantity: number) => void
}

function Line({ line, isLocked, onSet }: LineProps) {
  const { money } = useI18n()
  const what = line.label === '' ? line.name : `${line.name}, ${line.label}`
  const set = (quantity: number) => () => {
    onSet(line.variantId, quantity)
  }
  return (
    <li className="till-line" data-problem={line.problem === null ? undefined : 'true'}>
      <div>
        <p>{line.name}</p>
        <p className="soft small">{[line.label, line.sku].filter((text) => text !== '').join(' · ')}</p>
        {line.problem === null ? null : (
          <p className="field-error" role="alert">
            {line.problem}
          </p>
        )}
      </div>
      <p className="number till-line-price">{money(line.price)}</p>
      <div className="till-quantity" role="group" aria-label={`Quantity of ${what}`}>
        <button
          type="button"
          onClick={set(line.quantity - 1)}
          disabled={isLocked}
          aria-label={line.quantity === 1 ? `Remove ${what}` : `One less of ${what}`}
        >
          −
        </button>
        <output className="number">{line.quantity}</output>
        <button
          type="button"
          onClick={set(line.quantity + 1)}
          disabled={isLocked || line.quantity >= 99}
          aria-label={`One more of ${what}`}
        >
          +
        </button>
      </div>
    </li>
  )
}

import { useState, type SubmitEvent } from 'react'
import { Button } from '#app/design/button.tsx'
import { Drawer } from '#app/design/drawer.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { parseAmount, toAmount } from '#app/staff/amount.ts'
import { quickTenders } from './quick-tenders.ts'

interface CashDrawerProps {
  isOpen: boolean
  dueMinor: bigint
  currency: string
  digits: number
  /** Why the last try was refused, at its place. */
  problem: string | null
  isSending: boolean
  onClose: () => void
  onTake: (givenMinor: bigint) => void
}

/** What the customer hands over, and what goes back. */
export function CashDrawer(props: CashDrawerProps) {
  return (
    <Drawer isOpen={props.isOpen} onClose={props.onClose} title="Cash" closeLabel="Back to the sale">
      {props.isOpen ? <CashForm {...props} /> : null}
    </Drawer>
  )
}

function CashForm({ dueMinor, currency, digits, problem, isSending, onTake }: CashDrawerProps) {
  const { money, price } = useI18n()
  const [text, setText] = useState('')
  const given = text === '' ? null : parseAmount(text, digits)
  const change = given === null ? null : given - dueMinor
  const format = (minor: bigint) => money({ currency, amount: toAmount(minor, digits) })

  const press = (key: string) => () => {
    setText((held) => {
      const next = key === 'back' ? held.slice(0, -1) : held === '0' && key !== '.' ? key : held + key
      // A key that would make it no amount does nothing.
      return next === '' || parseAmount(next.endsWith('.') ? `${next}0` : next, digits) !== null ? next : held
    })
  }
  const take = (event: SubmitEvent) => {
    event.preventDefault()
    if (given !== null && given >= dueMinor) onTake(given)
  }

  return (
    <form className="till-cash" onSubmit={take}>
      <dl className="till-due till-due-large">
        <dt>Due</dt>
        <dd className="number">{format(dueMinor)}</dd>
      </dl>
      <div className="field">
        <label htmlFor="given">Given</label>
        <input
          id="given"
          className="input number till-given"
          inputMode="none"
          autoComplete="off"
          autoFocus
          value={text}
          onChange={(event) => {
            setText(event.target.value)
          }}
          aria-invalid={problem !== null || (text !== '' && given === null) ? true : undefined}
          aria-describedby="given-note"
        />
        <p
          id="given-note"
          className={problem === null && (text === '' || given !== null) ? 'field-hint' : 'field-error'}
          aria-live="polite"
        >
          {problem ??
            (text === ''
              ? 'Touch what you were handed'
              : given === null
                ? 'This is no amount'
                : change !== null && change < 0n
                  ? `${format(-change)} missing`
                  : `Change ${format(change ?? 0n)}`)}
        </p>
      </div>
      <div className="till-quick">
        {quickTenders(dueMinor, currency, digits).map((minor, index) => (
          <button
            key={String(minor)}
            type="button"
            className="button till-touch number"
            onClick={() => {
              setText(toAmount(minor, digits))
            }}
          >
            {index === 0 ? 'Exact' : price({ currency, amount: toAmount(minor, digits) })}
          </button>
        ))}
      </div>
      <div className="till-numpad" role="group" aria-label="Amount">
        {['1', '2', '3', '4', '5', '6', '7', '8', '9', digits === 0 ? '000' : '.', '0', 'back'].map((key) => (
          <button
            key={key}
            type="button"
            className="number"
            onClick={press(key)}
            aria-label={key === 'back' ? 'Delete the last digit' : undefined}
          >
            {key === 'back' ? '⌫' : key}
          </button>
        ))}
      </div>
      <Button
        kind="primary"
        wide
        className="till-touch"
        disabled={given === null || given < dueMinor || isSending}
        pending={isSending}
      >
        Record the sale
      </Button>
    </form>
  )
}

import type { MoneyAmount } from '#app/i18n/format.ts'
import { useI18n } from '#app/i18n/use-i18n.ts'

export interface TransferTo {
  accountHolder: string
  iban: string
  bic?: string | null
  reference: string
  amount: MoneyAmount
}

/** Where to transfer to, ready to copy. */
export function TransferPlace({ transfer }: { transfer: TransferTo }) {
  const { t, money } = useI18n()
  const { accountHolder, iban, bic, reference, amount } = transfer
  return (
    <div className="stack">
      <h3>{t('pay.transfer-to', { amount: money(amount) })}</h3>
      <dl className="facts">
        <dt>{t('pay.transfer-holder')}</dt>
        <dd>{accountHolder}</dd>
        <dt>IBAN</dt>
        <dd>
          <code>{iban.replace(/(.{4})(?=.)/g, '$1 ')}</code>
        </dd>
        {bic ? (
          <>
            <dt>BIC</dt>
            <dd>
              <code>{bic}</code>
            </dd>
          </>
        ) : null}
        <dt>{t('pay.transfer-reference')}</dt>
        <dd>
          <code>{reference}</code>
        </dd>
      </dl>
      <p className="soft small">{t('pay.transfer-hint')}</p>
    </div>
  )
}

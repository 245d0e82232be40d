import { Form, useNavigation } from 'react-router'
import { Button } from '#app/design/button.tsx'
import { Field } from '#app/design/field.tsx'
import { Notice } from '#app/design/notice.tsx'
import type { MoneyAmount } from '#app/i18n/format.ts'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { useStorePath } from '#app/store/use-store.ts'
import { otherProblems } from './other-problems.ts'
import { TransferPlace, type TransferTo } from './transfer-place.tsx'

export interface OtherWaysProps {
  orderId: string
  /** What the shopper may spend of what the house owes; null when that is nothing. */
  storeCredit: MoneyAmount | null
  takesTransfers: boolean
  /** The transfer that is awaited. */
  transfer: TransferTo | null
  problem: string | null
}

/** Gift card, store credit and bank transfer. Each leads back to the order's page, which asks for what is still due. */
export function OtherWays({ orderId, storeCredit, takesTransfers, transfer, problem }: OtherWaysProps) {
  const { t, money } = useI18n()
  const isPending = useNavigation().state !== 'idle'
  const action = useStorePath()(`/orders/${orderId}/pay-otherwise`)
  const known = otherProblems.find((each) => each === problem)
  return (
    <section className="stack" aria-labelledby="other-ways">
      <h2 className="title-s" id="other-ways">
        {t('pay.other-title')}
      </h2>
      {known === undefined ? null : <Notice tone="bad">{t(`pay.other.${known}`)}</Notice>}
      <Form method="post" action={action} className="form">
        <Field label={t('pay.gift-card')} name="code" required maxLength={64} autoComplete="off" />
        <Button name="intent" value="gift-card" pending={isPending}>
          {t('pay.gift-card-use')}
        </Button>
      </Form>
      {storeCredit === null ? null : (
        <Form method="post" action={action}>
          <Button name="intent" value="store-credit" pending={isPending}>
            {t('pay.store-credit-use', { amount: money(storeCredit) })}
          </Button>
        </Form>
      )}
      {transfer ? (
        <TransferPlace transfer={transfer} />
      ) : takesTransfers ? (
        <Form method="post" action={action} className="stack">
          <Button name="intent" value="bank-transfer" pending={isPending}>
            {t('pay.transfer-use')}
          </Button>
          <p className="soft small">{t('pay.transfer-hint')}</p>
        </Form>
      ) : null}
    </section>
  )
}

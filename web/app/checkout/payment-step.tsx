import { Form, useNavigation } from 'react-router'
import { Button } from '#app/design/button.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'
import type { MoneyAmount } from '#app/i18n/format.ts'
import { useStore } from '#app/store/use-store.ts'
import { CardFields } from './card-fields.tsx'
import type { CardTaker } from './card-taker.ts'
import { DemoCards } from './demo-cards.tsx'
import { NeedsScript } from './needs-script.tsx'
import { ProblemNotice } from './problem-notice.tsx'
import type { CheckoutProblem, OrderForm } from './problem.ts'

interface PaymentStepProps {
  form: OrderForm
  total: MoneyAmount
  canPay: boolean
  problem: CheckoutProblem | undefined
  takenBy: CardTaker
}

/** The last step: the card where we take it ourselves, else the way to the page where its provider does. */
export function PaymentStep({ form, total, canPay, problem, takenBy }: PaymentStepProps) {
  const { t, money } = useI18n()
  const { market } = useStore()
  const isPending = useNavigation().state !== 'idle'
  const isHere = takenBy.kind === 'sandbox'
  return (
    <section className="checkout-step">
      <h2>{t('checkout.payment-title')}</h2>
      <ProblemNotice problem={problem} />
      <Form method="post" className="form">
        <input type="hidden" name="intent" value="payment" />
        {(['lines', 'expectedTotal', 'idempotencyKey', 'voucherCodes', 'shippingMethodId'] as const).map(
          (name) => (
            <input key={name} type="hidden" name={name} value={form[name]} />
          ),
        )}
        {isHere ? (
          <CardFields errors={problem?.kind === 'card' ? problem.errors : {}} />
        ) : takenBy.kind === 'stripe' ? (
          <>
            <p>{t('checkout.card-elsewhere', { provider: 'Stripe' })}</p>
            <NeedsScript provider="Stripe" />
          </>
        ) : null}
        <Button kind="primary" wide pending={isPending} disabled={!canPay}>
          {isHere ? t('checkout.pay', { amount: money(total) }) : t('checkout.to-card')}
        </Button>
        {isHere ? (
          <Button kind="text" name="way" value="other" formNoValidate pending={isPending} disabled={!canPay}>
            {t('checkout.other-way')}
          </Button>
        ) : null}
        <p className="soft small">{t('checkout.hold-note', { minutes: market.reservationMinutes })}</p>
      </Form>
      {isHere ? <DemoCards /> : null}
    </section>
  )
}

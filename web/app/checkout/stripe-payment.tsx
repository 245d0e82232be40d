import { useState, type SubmitEvent } from 'react'
import { useNavigate } from 'react-router'
import { Button } from '#app/design/button.tsx'
import { Notice } from '#app/design/notice.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { useStorePath } from '#app/store/use-store.ts'
import { BankSilent } from './bank-silent.tsx'
import { NeedsScript } from './needs-script.tsx'
import type { CardAnswer } from './stripe-form.ts'
import { useStripeForm } from './use-stripe-form.ts'

interface StripePaymentProps {
  orderId: string
  /** What is asked for, as the order says it; what is taken is what the attempt at Stripe was begun with: the same. */
  amount: string
  publishableKey: string
}

/** The card is typed into Stripe's own frame and goes from there to Stripe. A refused one can be followed by another. */
export function StripePayment({ orderId, amount, publishableKey }: StripePaymentProps) {
  const { t } = useI18n()
  const to = useStorePath()
  const navigate = useNavigate()
  const [answer, setAnswer] = useState<CardAnswer | null>(null)
  const [isPaying, setIsPaying] = useState(false)
  const { place, form, isSilent, beginAnew } = useStripeForm({
    publishableKey,
    beginPath: to(`/orders/${orderId}/payment`),
  })
  const confirmation = to(`/orders/${orderId}/confirmation`)

  const pay = async (event: SubmitEvent) => {
    event.preventDefault()
    if (form === null || isPaying) return
    setIsPaying(true)
    setAnswer(null)
    const given = await form.pay(new URL(confirmation, location.href).href).catch(lost)
    setIsPaying(false)
    // As Stripe itself says it when it sends the shopper back from a bank.
    if (given.kind === 'paid') return void navigate(`${confirmation}?redirect_status=succeeded`)
    setAnswer(given)
    if (given.kind === 'stale') beginAnew()
  }

  if (isSilent) return <BankSilent />
  return (
    <form className="form" onSubmit={(event) => void pay(event)} aria-label={t('pay.card-title')}>
      <div className="stripe-place" aria-busy={form === null}>
        {form === null ? <p className="soft">{t('pay.card-loading')}</p> : null}
        <div ref={place} />
      </div>
      <AnswerNotice answer={answer} />
      <NeedsScript provider="Stripe" />
      <Button kind="primary" wide pending={isPaying} disabled={form === null}>
        {t('checkout.pay', { amount })}
      </Button>
    </form>
  )
}

function lost(): CardAnswer {
  return { kind: 'lost' }
}

function AnswerNotice({ answer }: { answer: CardAnswer | null }) {
  const { t } = useI18n()
  switch (answer?.kind) {
    case 'refused':
      // Stripe says it in the page's language.
      return (
        <Notice tone="bad" title={t('pay.failed-title')}>
          <p>{answer.reason || t('pay.failed.other')}</p>
          <p>{t('checkout.not-charged')}</p>
        </Notice>
      )
    case 'stale':
      return <Notice tone="careful">{t('pay.failed.other')}</Notice>
    case 'lost':
      return (
        <Notice tone="careful" title={t('checkout.lost-title')}>
          {t('checkout.provider-unavailable')}
        </Notice>
      )
    default:
      return null
  }
}

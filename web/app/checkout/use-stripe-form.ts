import { useCallback, useEffect, useRef, useState } from 'react'
import { useFetcher } from 'react-router'
import { useI18n } from '#app/i18n/use-i18n.ts'
import type { CardPlace } from './card-place.ts'
import type { StripeForm } from './stripe-form.ts'

/**
 * Begins paying as soon as somebody looks at the page, and opens Stripe's form for it. Beginning is for scripts only, so
 * that a robot or a prefetch that reads the page begins nothing; repeating it goes on with the attempt under way.
 */
export function useStripeForm({ publishableKey, beginPath }: { publishableKey: string; beginPath: string }) {
  const { locale } = useI18n()
  const place = useRef<HTMLDivElement>(null)
  const [form, setForm] = useState<StripeForm | null>(null)
  const [hasFailed, setHasFailed] = useState(false)
  const { submit, data } = useFetcher<CardPlace>()
  const clientSecret = data?.kind === 'open' ? data.clientSecret : null

  const begin = useCallback(() => {
    void submit(null, { method: 'post', action: beginPath })
  }, [submit, beginPath])
  useEffect(begin, [begin])

  useEffect(() => {
    const element = place.current
    if (clientSecret === null || element === null) return
    let isGone = false
    let opened: StripeForm | null = null
    const open = async () => {
      const { openStripeForm } = await import('./stripe-form.ts')
      const made = await openStripeForm(element, { publishableKey, clientSecret, locale })
      if (isGone) {
        made.remove()
        return
      }
      opened = made
      setForm(made)
    }
    open().catch(() => {
      if (!isGone) setHasFailed(true)
    })
    return () => {
      isGone = true
      opened?.remove()
      setForm(null)
    }
  }, [clientSecret, publishableKey, locale])

  return {
    /** Where the form opens. */
    place,
    /** Null until a card can be given. */
    form,
    /** Stripe or our payments do not answer. */
    isSilent: hasFailed || data?.kind === 'unavailable',
    beginAnew: begin,
  }
}

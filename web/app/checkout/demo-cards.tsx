import { useI18n } from '#app/i18n/use-i18n.ts'
import type { MessageId } from '#app/messages/en.ts'

const cards: readonly (readonly [number: string, does: MessageId])[] = [
  ['4242 4242 4242 4242', 'checkout.demo-ok'],
  ['4000 0000 0000 0002', 'checkout.demo-declined'],
  ['4000 0000 0000 9995', 'checkout.demo-funds'],
  ['4000 0025 0000 3155', 'checkout.demo-action'],
  ['4000 0000 0000 5126', 'checkout.demo-late'],
  ['4000 0000 0000 4954', 'checkout.demo-lost'],
  ['4000 0000 0000 8888', 'checkout.demo-repeated'],
  ['4000 0000 0000 3063', 'checkout.demo-held'],
  ['4000 0000 0000 0259', 'checkout.demo-disputed'],
]

/** The sandbox provider's cards and what each of them does. */
export function DemoCards() {
  const { t } = useI18n()
  return (
    <details className="demo-cards small">
      <summary>{t('checkout.demo-title')}</summary>
      <p className="soft">{t('checkout.demo-text')}</p>
      <dl>
        {cards.map(([number, does]) => (
          <div key={number}>
            <dt className="number" dir="ltr">
              {number}
            </dt>
            <dd className="soft">{t(does)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

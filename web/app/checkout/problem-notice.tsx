import { Notice } from '#app/design/notice.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { StoreLink } from '#app/store/store-link.tsx'
import type { CheckoutProblem } from './problem.ts'

/** What stands in the way of the order, and what to do. Faults of single fields are shown at the fields. */
export function ProblemNotice({ problem }: { problem: CheckoutProblem | undefined }) {
  const { t, money } = useI18n()
  const toBag = (
    <p>
      <StoreLink to="/cart">{t('checkout.to-bag')}</StoreLink>
    </p>
  )
  switch (problem?.kind) {
    case 'lost':
      return (
        <Notice tone="bad" title={t('checkout.lost-title')}>
          {t('checkout.lost')}
        </Notice>
      )
    case 'stock':
      return (
        <Notice tone="bad" title={t('checkout.out-of-stock-title')}>
          <ul className="stack">
            {problem.lines.map((line) => (
              <li key={line.name}>
                {t('checkout.out-of-stock-line', { name: line.name, available: line.available })}
              </li>
            ))}
          </ul>
          {toBag}
        </Notice>
      )
    case 'price':
      return (
        <Notice tone="careful" title={t('checkout.price-changed-title')}>
          <p>
            {t('checkout.price-changed', {
              expected: money(problem.expected),
              actual: money(problem.actual),
            })}
          </p>
          {toBag}
        </Notice>
      )
    case 'voucher':
      return (
        <Notice tone="careful" title={problem.code}>
          <p>{t(`voucher.${problem.reason}`)}</p>
          {toBag}
        </Notice>
      )
    case 'market':
      return (
        <Notice tone="bad" title={t('checkout.not-sold-title')}>
          <p>{t('checkout.not-sold', { names: problem.names.join(', ') })}</p>
          {toBag}
        </Notice>
      )
    case 'input':
      return <Notice tone="bad">{t('checkout.bad-input', { detail: problem.detail })}</Notice>
    case 'stale':
      return <Notice tone="careful">{t('checkout.stale-form')}</Notice>
    default:
      return null
  }
}

import { useI18n } from '#app/i18n/use-i18n.ts'

/** Said only where no script runs: a provider's own card form is one. */
export function NeedsScript({ provider }: { provider: string }) {
  const { t } = useI18n()
  return (
    <noscript>
      <p className="notice notice-careful">{t('pay.needs-script', { provider })}</p>
    </noscript>
  )
}

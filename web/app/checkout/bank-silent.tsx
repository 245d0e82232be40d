import { Notice } from '#app/design/notice.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'

/** No card can be taken just now. Trying again is a new document, which also allows anew what a provider needs. */
export function BankSilent() {
  const { t } = useI18n()
  return (
    <Notice tone="careful" title={t('checkout.provider-unavailable-title')}>
      <p>{t('checkout.provider-unavailable')}</p>
      <p>
        <a className="button" href="">
          {t('pay.again')}
        </a>
      </p>
    </Notice>
  )
}

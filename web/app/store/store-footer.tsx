import { useLocation, useParams } from 'react-router'
import { localeOf } from '#app/i18n/locales.ts'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { useStore } from './use-store.ts'
import './store-footer.css'

export function StoreFooter() {
  const { t, locale } = useI18n()
  const { market } = useStore()
  return (
    <footer className="store-footer">
      <div className="wrap store-footer-inner">
        <div className="stack">
          <p className="wordmark">Maison</p>
          <p className="soft">{t('footer.rights')}</p>
        </div>
        <ul className="stack soft" style={{ '--gap': 'var(--space-2)' }}>
          <li>{t('footer.delivery')}</li>
          <li>{t('footer.returns', { minutes: market.reservationMinutes })}</li>
        </ul>
        <details className="store-places">
          <summary>
            <span className="field-label">{t('footer.place')}</span>
            <span>
              {t('footer.place-current', {
                market: market.name,
                language: localeOf(locale).name,
                currency: market.currency,
              })}
            </span>
          </summary>
          <PlaceLinks />
        </details>
      </div>
    </footer>
  )
}

/** The same page elsewhere. Plain links: another language is another document. */
function PlaceLinks() {
  const { markets } = useStore()
  const { pathname, search } = useLocation()
  const { locale = '', market = '' } = useParams()
  const rest = pathname.slice(`/${locale}/${market}`.length)
  return (
    <ul className="store-places-list">
      {markets.map((place) => (
        <li key={place.id}>
          <span>
            {place.name} <span className="soft small">{place.currency}</span>
          </span>
          <span className="row">
            {place.locales.map((code) => {
              const base = `/${code.toLowerCase()}/${place.id.toLowerCase()}`
              return (
                <a
                  key={code}
                  lang={code}
                  hrefLang={code}
                  href={`${base}${rest}${search}`}
                  aria-current={base === `/${locale}/${market}` ? 'true' : undefined}
                >
                  {localeOf(code).name}
                </a>
              )
            })}
          </span>
        </li>
      ))}
    </ul>
  )
}

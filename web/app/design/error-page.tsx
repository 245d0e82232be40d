import { isRouteErrorResponse, useRouteError } from 'react-router'
import { useI18n } from '#app/i18n/use-i18n.ts'

/** What went wrong and the way on. The request's id is what support asks for. */
export function ErrorPage() {
  const error = useRouteError()
  const { t } = useI18n()
  const status = isRouteErrorResponse(error) ? error.status : 500
  const detail: unknown = isRouteErrorResponse(error) ? error.data : null
  const requestId =
    typeof detail === 'object' && detail !== null && 'requestId' in detail ? String(detail.requestId) : null
  const kind = [400, 404, 405].includes(status)
    ? 'missing'
    : status === 403
      ? 'forbidden'
      : status === 429
        ? 'busy'
        : 'broken'
  return (
    <div className="wrap">
      <div className="empty">
        <h1>{t(`error.${kind}.title`)}</h1>
        <p>{t(`error.${kind}.text`)}</p>
        {requestId === null || status < 500 ? null : (
          <p className="small">{t('error.reference', { id: requestId })}</p>
        )}
        <div className="row">
          {kind === 'missing' || kind === 'forbidden' ? null : (
            <a className="button button-primary" href="">
              {t('error.again')}
            </a>
          )}
          <a
            className={kind === 'missing' || kind === 'forbidden' ? 'button button-primary' : 'button'}
            href="/"
          >
            {t('error.home')}
          </a>
        </div>
      </div>
    </div>
  )
}

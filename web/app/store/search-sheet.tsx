import { useEffect, type RefObject } from 'react'
import { useLocation } from 'react-router'
import { CloseIcon } from '#app/design/icons.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { SearchForm } from './search-form.tsx'

/** Search over the page that one is on, with the first finds while one types. */
export function SearchSheet({ dialog }: { dialog: RefObject<HTMLDialogElement | null> }) {
  const { t } = useI18n()
  const { key } = useLocation()
  useEffect(() => dialog.current?.close(), [key, dialog])
  return (
    <dialog
      ref={dialog}
      className="dialog sheet"
      aria-label={t('nav.search')}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
    >
      <div className="wrap search-sheet-inner">
        <div className="row row-apart">
          <p className="soft small">{t('search.prompt')}</p>
          <button
            type="button"
            className="button-icon"
            aria-label={t('a11y.close')}
            onClick={() => dialog.current?.close()}
          >
            <CloseIcon />
          </button>
        </div>
        <SearchForm />
      </div>
    </dialog>
  )
}

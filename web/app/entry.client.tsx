import { StrictMode, startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { HydratedRouter } from 'react-router/dom'
import { addCatalog } from './i18n/catalogs.ts'
import { loadMessages } from './messages/load-messages.ts'

// The page's language only; another language is another document.
const locale = document.documentElement.lang
addCatalog(locale, await loadMessages(locale))

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <HydratedRouter />
    </StrictMode>,
  )
})

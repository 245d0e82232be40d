import { useParams, useRouteLoaderData } from 'react-router'
import type { loader } from '#app/routes/store/layout.tsx'

/** What every page of the store knows: its market, its collections, the bag's count. */
export function useStore() {
  const store = useRouteLoaderData<typeof loader>('routes/store/layout')
  if (store === undefined) throw new Error('useStore is for pages inside the store')
  return store
}

/** `/cart` → `/fr/fr/cart`: an address in the language and market of this page. */
export function useStorePath(): (path: string) => string {
  const { locale = '', market = '' } = useParams()
  return (path) => `/${locale}/${market}${path}`
}

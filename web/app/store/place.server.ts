import { data, redirect } from 'react-router'
import { findLocale } from '#app/i18n/locales.ts'

export interface PagePlace {
  /** BCP 47 tag for the API and for formats. */
  locale: string
  /** The market's code. */
  market: string
  /** `/fr/fr`, to put before the store's own addresses. */
  base: string
}

/** Language and market of a page's address. An address in another case leads to the right one, an unknown language is 404. */
export function placeOf(params: { locale: string; market: string }, request?: Request): PagePlace {
  const locale = findLocale(params.locale)
  if (locale === null || !/^[a-z]{2}$/i.test(params.market)) throw data(null, { status: 404 })
  const base = `/${locale.code.toLowerCase()}/${params.market.toLowerCase()}`
  if (request?.method === 'GET' && `/${params.locale}/${params.market}` !== base) {
    const { pathname, search } = new URL(request.url)
    throw redirect(`${base}${pathname.slice(base.length)}${search}`, 301)
  }
  return { locale: locale.code, market: params.market.toUpperCase(), base }
}

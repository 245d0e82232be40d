import type { MetaDescriptor } from 'react-router'

interface PageMeta {
  title: string
  description?: string | undefined
  /** Path without language and market: `/products/serein`. Pages without it are not for search engines. */
  path?: string
  image?: string | undefined
}

interface MetaPlaces {
  origin: string
  locale: string
  market: { id: string }
  markets: readonly { id: string; locales: readonly string[] }[]
}

/** Title, canonical address and the same page in the other languages and markets. */
export function pageMeta(store: MetaPlaces | undefined, page: PageMeta): MetaDescriptor[] {
  const tags: MetaDescriptor[] = [{ title: page.title }]
  if (page.description !== undefined)
    tags.push({ name: 'description', content: page.description.slice(0, 160) })
  if (store === undefined || page.path === undefined) return [...tags, { name: 'robots', content: 'noindex' }]
  const address = (locale: string, market: string) =>
    `${store.origin}/${locale.toLowerCase()}/${market.toLowerCase()}${page.path}`
  const own = address(store.locale, store.market.id)
  tags.push({ tagName: 'link', rel: 'canonical', href: own })
  for (const market of store.markets) {
    for (const locale of market.locales) {
      tags.push({
        tagName: 'link',
        rel: 'alternate',
        hrefLang: `${locale}-${market.id}`,
        href: address(locale, market.id),
      })
    }
  }
  tags.push({ tagName: 'link', rel: 'alternate', hrefLang: 'x-default', href: `${store.origin}/` })
  tags.push(
    { property: 'og:title', content: page.title },
    { property: 'og:url', content: own },
    { property: 'og:site_name', content: 'Maison' },
  )
  if (page.image !== undefined) tags.push({ property: 'og:image', content: `${store.origin}${page.image}` })
  return tags
}

import { useEffect, useState } from 'react'
import { Link, useFetcher, useLocation } from 'react-router'
import { useI18n } from '#app/i18n/use-i18n.ts'
import type { ProductCardFragment } from '#generated/graphql.ts'
import { ProductCard } from './product-card.tsx'

export interface ProductPage {
  nodes: readonly ProductCardFragment[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

interface ProductListProps {
  page: ProductPage
  /** How the route's loader data holds a page. */
  pageOf(loaderData: unknown): ProductPage | null
  /** The address of the page after a cursor. */
  hrefAfter(cursor: string): string
}

/** A grid that grows. "Show more" is a link to the next page; with a script that page is added below instead. */
export function ProductList({ page, pageOf, hrefAfter }: ProductListProps) {
  const { t } = useI18n()
  const { key } = useLocation()
  const [added, setAdded] = useState<{ key: string; pages: readonly ProductPage[] }>({ key, pages: [] })
  const fetcher = useFetcher({ key: `list-${key}` })
  const pages = added.key === key ? [page, ...added.pages] : [page]
  const last = pages.at(-1) ?? page

  const arrived = pageOf(fetcher.data)
  useEffect(() => {
    if (arrived === null) return
    setAdded((before) => {
      const kept = before.key === key ? before.pages : []
      const isKnown = [page, ...kept].some((each) => each.pageInfo.endCursor === arrived.pageInfo.endCursor)
      return isKnown ? before : { key, pages: [...kept, arrived] }
    })
  }, [arrived, key, page])

  const next =
    last.pageInfo.hasNextPage && last.pageInfo.endCursor !== null ? hrefAfter(last.pageInfo.endCursor) : null
  return (
    <>
      <div className="card-grid">
        {pages
          .flatMap((each) => each.nodes)
          .map((product, index) => (
            <ProductCard
              key={product.id}
              product={product}
              isFirst={index < 4}
              sizes="(min-width: 60rem) 23vw, 46vw"
            />
          ))}
      </div>
      {next === null ? null : (
        <p className="list-more">
          <Link
            className="button"
            to={next}
            aria-busy={fetcher.state !== 'idle'}
            data-pending={fetcher.state !== 'idle'}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return
              event.preventDefault()
              void fetcher.load(next)
            }}
          >
            {t('list.more')}
          </Link>
        </p>
      )}
    </>
  )
}

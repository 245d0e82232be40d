import { Link, useSearchParams } from 'react-router'

interface PagesNavProps {
  pageInfo: { hasNextPage: boolean; endCursor?: string | null }
  /** What is on the pages, such as `failed payments`. */
  of: string
}

/** On to the next page of a list, or back to its beginning; filters stay as they are. */
export function PagesNav({ pageInfo, of }: PagesNavProps) {
  const [search] = useSearchParams()
  const first = new URLSearchParams(search)
  first.delete('after')
  const next = new URLSearchParams(first)
  if (typeof pageInfo.endCursor === 'string') next.set('after', pageInfo.endCursor)
  const hasNext = pageInfo.hasNextPage && typeof pageInfo.endCursor === 'string'
  if (!hasNext && !search.has('after')) return null
  return (
    <nav className="row" aria-label={`Pages of ${of}`}>
      {search.has('after') ? (
        <Link className="button button-small" to={`?${first.toString()}`}>
          First page
        </Link>
      ) : null}
      {hasNext ? (
        <Link className="button button-small" to={`?${next.toString()}`} rel="next">
          Next page
        </Link>
      ) : null}
    </nav>
  )
}

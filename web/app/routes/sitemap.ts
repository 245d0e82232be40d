import { graphql } from '#generated/gql.ts'
import { execute } from '#app/graphql/execute.server.ts'
import { placePath } from '#app/i18n/negotiate-place.server.ts'
import type { Route } from './+types/sitemap'

const SitemapPage = graphql(`
  query SitemapPage($after: String) {
    markets {
      id
      locales
    }
    collections {
      slug
    }
    products(first: 100, after: $after) {
      nodes {
        slug
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

// A sitemap file holds 50,000 addresses at most; ours stays well below in this first form.
const maxProducts = 2_000

export async function loader({ request, context }: Route.LoaderArgs) {
  const paths = ['']
  let places: string[] = []
  let after: string | null = null
  let count = 0
  do {
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(context, after)
    if (after === null) {
      places = page.markets.flatMap((market) =>
        market.locales.map((locale) => placePath({ locale, market: market.id })),
      )
      paths.push(...page.collections.map((collection) => `/collections/${collection.slug}`))
    }
    paths.push(...page.products.nodes.map((product) => `/products/${product.slug}`))
    count += page.products.nodes.length
    after = page.products.pageInfo.hasNextPage ? page.products.pageInfo.endCursor : null
  } while (after !== null && count < maxProducts)

  const { origin } = new URL(request.url)
  const urls = places.flatMap((place) =>
    paths.map((path) => `<url><loc>${escapeXml(`${origin}${place}${path}`)}</loc></url>`),
  )
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('\n')}\n</urlset>\n`
  return new Response(body, {
    headers: { 'content-type': 'application/xml; charset=utf-8', 'cache-control': 'public, max-age=3600' },
  })
}

function readPage(context: Route.LoaderArgs['context'], after: string | null) {
  return execute(context, SitemapPage, { after })
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.codePointAt(0)};`)
}

import type { Route } from './+types/robots'

const privatePaths = [
  '/pos',
  '/insights',
  '/support',
  '/courier',
  '/merchandise',
  '/stock',
  '/*/cart',
  '/*/checkout',
  '/*/account',
  '/*/orders',
  '/*/sign-',
  '/*/verify',
]

export function loader({ request }: Route.LoaderArgs) {
  const lines = [
    'User-agent: *',
    ...privatePaths.map((path) => `Disallow: ${path}`),
    `Sitemap: ${new URL('/sitemap.xml', request.url).href}`,
  ]
  return new Response(`${lines.join('\n')}\n`, {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=3600' },
  })
}

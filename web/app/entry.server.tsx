import { randomBytes } from 'node:crypto'
import { PassThrough } from 'node:stream'
import { createReadableStreamFromReadable } from '@react-router/node'
import { isbot } from 'isbot'
import { renderToPipeableStream } from 'react-dom/server'
import {
  isRouteErrorResponse,
  type RouterContextProvider,
  ServerRouter,
  type EntryContext,
} from 'react-router'
import { foreignSourcesContext, type ForeignSources } from './design/foreign-sources.ts'
import { NonceContext } from './design/nonce.ts'
import { addCatalog } from './i18n/catalogs.ts'
import { en } from './messages/en.ts'
import { fr } from './messages/fr.ts'
import { ja } from './messages/ja.ts'

addCatalog('en', en)
addCatalog('fr', fr)
addCatalog('ja', ja)

export const streamTimeout = 5_000

/** What a page did not expect. Refusals (404, 403 …) are answers and are not told; nothing of a form ever is. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (request.signal.aborted || isRouteErrorResponse(error)) return
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  console.error(
    JSON.stringify({ level: 'error', name: 'web', path: new URL(request.url).pathname, msg: message, stack }),
  )
}

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  routerContext: EntryContext,
  loadContext: Readonly<RouterContextProvider>,
): Promise<Response> {
  const nonce = randomBytes(16).toString('base64')
  headers.set('content-type', 'text/html; charset=utf-8')
  headers.set('content-security-policy', policy(nonce, loadContext.get(foreignSourcesContext)))
  headers.set('vary', 'cookie, accept-language')
  if (request.method === 'HEAD') return Promise.resolve(new Response(null, { status, headers }))
  // Robots get the page whole; people get it as it comes.
  const ready = isbot(request.headers.get('user-agent') ?? '') ? 'onAllReady' : 'onShellReady'

  return new Promise((resolve, reject) => {
    let hasShell = false
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext value={nonce}>
        <ServerRouter context={routerContext} url={request.url} nonce={nonce} />
      </NonceContext>,
      {
        nonce,
        [ready]() {
          hasShell = true
          const body = new PassThrough({
            final(done) {
              clearTimeout(limit)
              done()
            },
          })
          resolve(new Response(createReadableStreamFromReadable(body), { status, headers }))
          pipe(body)
        },
        onShellError(error: unknown) {
          clearTimeout(limit)
          reject(error instanceof Error ? error : new Error(String(error)))
        },
        onError(error: unknown) {
          // Errors before the shell reject the request and are told there.
          if (hasShell) console.error(error)
        },
      },
    )
    const limit = setTimeout(abort, streamTimeout + 1_000)
  })
}

/**
 * Only our own scripts and pictures, and what the page's loader has allowed; nothing may frame us. Inline style is allowed
 * as attribute: a picture's own colour.
 */
function policy(nonce: string, foreign: ForeignSources): string {
  return [
    "default-src 'self'",
    ["script-src 'self'", `'nonce-${nonce}'`, ...foreign.scripts].join(' '),
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    ["connect-src 'self'", ...foreign.connections].join(' '),
    ["frame-src 'self'", ...foreign.frames].join(' '),
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

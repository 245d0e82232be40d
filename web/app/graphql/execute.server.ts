import { data as routeData, redirect, type RouterContextProvider } from 'react-router'
import type { TypedDocumentString } from '#generated/graphql.ts'
import { houseContext } from '#app/session/house.ts'
import { getSession } from '#app/session/session.server.ts'
import { postDocument, type GraphQLAnswer } from './post-document.server.ts'

/**
 * Asks the API as the person of this request and returns the data. Expected outcomes are in the data (result unions).
 * Everything else is thrown as a response that the nearest error page shows: 401 becomes the way to the sign-in page,
 * 403, 404, 429 stay what they are, a broken house is 503.
 */
export async function execute<Data, Variables>(
  context: Readonly<RouterContextProvider>,
  document: TypedDocumentString<Data, Variables>,
  ...[variables]: Variables extends Record<string, never> ? [] : [variables: Variables]
): Promise<Data> {
  const session = getSession(context)
  const house = context.get(houseContext)
  const ask = (accessToken: string | null) =>
    postDocument(house, document, (variables ?? {}) as Variables, { accessToken, signal: session.signal })
  let answer: GraphQLAnswer<Data>
  try {
    const token = await session.accessToken()
    answer = await ask(token)
    if (token !== null && isRefused(answer)) answer = await ask(await session.renewAccessToken())
  } catch (error) {
    throw unavailable(house.requestId, error)
  }
  if (answer.errors.length === 0 && answer.data !== null) return answer.data
  throw asResponse(answer, house.requestId, session.page)
}

function isRefused(answer: GraphQLAnswer<unknown>): boolean {
  return answer.errors.some((fault) => fault.extensions?.code === 'UNAUTHENTICATED')
}

function asResponse(answer: GraphQLAnswer<unknown>, requestId: string, page: string | null): unknown {
  const codes = new Set(answer.errors.map((fault) => fault.extensions?.code))
  if (codes.has('UNAUTHENTICATED'))
    return redirect(page === null ? '/sign-in' : `/sign-in?next=${encodeURIComponent(page)}`)
  const detail = { requestId, message: answer.errors[0]?.message ?? '' }
  if (codes.has('FORBIDDEN')) return routeData(detail, { status: 403 })
  if (codes.has('NOT_FOUND')) return routeData(detail, { status: 404 })
  if (codes.has('RATE_LIMITED')) return routeData(detail, { status: 429 })
  if (codes.has('CONFLICT') || codes.has('IDEMPOTENCY_KEY_REUSED')) return routeData(detail, { status: 409 })
  if (codes.has('BAD_USER_INPUT')) return routeData(detail, { status: 400 })
  return unavailable(requestId, answer.errors)
}

function unavailable(requestId: string, cause: unknown): unknown {
  const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : JSON.stringify(cause)
  console.error(
    JSON.stringify({ level: 'error', name: 'web', requestId, msg: 'The API did not answer', reason }),
  )
  return routeData({ requestId, message: '' }, { status: 503 })
}

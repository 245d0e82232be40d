import { execute } from '#app/graphql/execute.server.ts'
import { toTillPiece } from '#app/till/piece-fields.ts'
import type { CodeAnswer } from '#app/till/till-requests.ts'
import { graphql } from '#generated/gql.ts'
import { getRegister } from './find-register.server.ts'
import type { Route } from './+types/code'

const TillCode = graphql(`
  query TillCode($code: String!, $market: ID!) {
    variantByCode(code: $code) {
      ...TillPiece
    }
  }
`)

/** What a code means at this till, for a scan. */
export async function loader({ params, context, request }: Route.LoaderArgs) {
  const { shop } = await getRegister(context, request, params.register)
  const code = (new URL(request.url).searchParams.get('code') ?? '').trim().slice(0, 100)
  return Response.json(await findCode(context, code, shop.market.id))
}

async function findCode(
  context: Route.LoaderArgs['context'],
  code: string,
  market: string,
): Promise<CodeAnswer> {
  if (code === '') return { kind: 'unknown' }
  const { variantByCode } = await execute(context, TillCode, { code, market })
  if (variantByCode === null) return { kind: 'unknown' }
  const piece = toTillPiece(variantByCode)
  return piece === null
    ? { kind: 'not-sold-here', name: variantByCode.product.name }
    : { kind: 'found', piece }
}

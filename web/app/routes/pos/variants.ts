import { execute } from '#app/graphql/execute.server.ts'
import { toTillPiece } from '#app/till/piece-fields.ts'
import type { VariantsAnswer } from '#app/till/till-requests.ts'
import { graphql } from '#generated/gql.ts'
import { getRegister } from './find-register.server.ts'
import type { Route } from './+types/variants'

const TillVariants = graphql(`
  query TillVariants($slug: String!, $market: ID!) {
    product(slug: $slug) {
      id
      variants {
        ...TillPiece
      }
    }
  }
`)

/** The forms of a product that are sold here, for choosing one. */
export async function loader({ params, context, request }: Route.LoaderArgs) {
  const { shop } = await getRegister(context, request, params.register)
  const slug = new URL(request.url).searchParams.get('product') ?? ''
  const { product } = await execute(context, TillVariants, { slug, market: shop.market.id })
  const pieces = (product?.variants ?? []).map(toTillPiece).filter((piece) => piece !== null)
  return Response.json({ kind: 'variants', pieces } satisfies VariantsAnswer)
}

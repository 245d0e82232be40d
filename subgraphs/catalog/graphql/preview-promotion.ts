import { invalidInput, parseInput } from '#platform/graphql/parse-input.ts'
import { findShelfPieces } from '../data/find-shelf-pieces.ts'
import { notOnShelf } from '../domain/promotion.ts'
import { mostVariants } from '../domain/product.ts'
import { shelfPromotions } from '../domain/shelf-price.ts'
import type { Context } from './context.ts'
import { isMarketCode } from './market-code.ts'
import { priceOf } from './price-loaders.ts'
import { promotionInput } from './promotion-input.ts'
import type { Services } from './services.ts'

interface PreviewArgs {
  input: object
  market: string
  product: string
}

/** What a product's variants cost with and without a promotion, as the shelf would show it. */
export function previewPromotion({ database }: Services) {
  return async (_: unknown, { input, market, product: slug }: PreviewArgs, { loaders }: Context) => {
    const parsed = parseInput(promotionInput, input)
    if (parsed.kind === 'InvalidInputError') return parsed
    const { id, ...given } = parsed.value
    const fault = notOnShelf(given)
    if (fault) return invalidInput(fault.field, fault.message)
    if (given.scope !== 'CATALOG')
      return invalidInput('scope', 'Only a promotion of the catalogue shows on a product.')
    const product = /^[^\0]{1,200}$/.test(slug)
      ? await database.prisma.product.findUnique({ where: { slug }, select: { id: true } })
      : null
    if (!product) return invalidInput('product', 'There is no such product.')
    if (!isMarketCode(market)) return invalidInput('market', 'There is no such market.')
    const now = loaders.now
    const pieces = await findShelfPieces(database.prisma, {
      of: 'products',
      keys: [{ id: product.id, market }],
      now,
    })
    const before = await loaders.shelfPromotions()
    // It comes after those of its priority that are there already, and holds whatever its days say.
    const meant = { ...given, id: id ?? 'ffffffff', startsAt: now, endsAt: null, isActive: true }
    const after = shelfPromotions([...before.filter((promotion) => promotion.id !== id), meant], now)
    return {
      kind: 'PromotionPreview',
      variants: await Promise.all(
        pieces.slice(0, mostVariants).map(async (piece) => ({
          variant: await loaders.variant.load(piece.variantId),
          before: priceOf(piece, before),
          after: priceOf(piece, after),
        })),
      ),
    }
  }
}

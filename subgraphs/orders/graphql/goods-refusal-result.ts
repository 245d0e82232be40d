import type { GoodsRefusal } from '../usecases/goods-refusal.ts'

/** The refusal as the schema tells it: variants are the catalog's, so only their ids are told here. */
export function goodsRefusalResult(refusal: GoodsRefusal) {
  switch (refusal.kind) {
    case 'NotSoldHereError':
      return { ...refusal, variants: refusal.variantIds.map((id) => ({ id })) }
    case 'OutOfStockError':
      return {
        ...refusal,
        lines: refusal.lines.map(({ variantId, available }) => ({ variant: { id: variantId }, available })),
      }
  }
}

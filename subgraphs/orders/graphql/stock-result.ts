import { invalidInput, type InvalidInput } from '#platform/graphql/parse-input.ts'
import type { StockRefusal } from '../usecases/stock-refusal.ts'
import type { Ctx } from './services.ts'

/** The refusal as the schema tells it. */
export function stockRefusalResult(refusal: StockRefusal) {
  if (refusal.kind !== 'InsufficientStockError') return refusal
  const lines = refusal.lines.map(({ variantId, available }) => ({ variant: { id: variantId }, available }))
  return { ...refusal, lines }
}

/** Stock is kept of what the catalogue has told of; null when it has told of all of these. */
export async function unknownVariant(
  variantIds: readonly string[],
  field: (index: number) => string,
  { loaders }: Ctx,
): Promise<InvalidInput | null> {
  const sellables = await Promise.all(variantIds.map((id) => loaders.sellable.load(id)))
  const index = sellables.indexOf(null)
  return index === -1 ? null : invalidInput(field(index), 'The catalogue has no such variant.')
}

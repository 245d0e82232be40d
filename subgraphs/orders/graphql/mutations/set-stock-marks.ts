import { unauthenticated } from '#platform/errors/errors.ts'
import { parseInput } from '#platform/graphql/parse-input.ts'
import { setStockMarks as set } from '../../usecases/set-stock-marks.ts'
import type { Ctx, Services } from '../services.ts'
import { setStockMarksInput } from '../stock-inputs.ts'
import { unknownVariant } from '../stock-result.ts'
import { findOwnWarehouse, warehouseNotFound } from '../stock-rights.ts'

export function setStockMarks({ database }: Services) {
  return async (_: unknown, { input }: { input: unknown }, ctx: Ctx) => {
    const { identity } = ctx
    if (!identity) throw unauthenticated()
    const parsed = parseInput(setStockMarksInput, input)
    if (parsed.kind === 'InvalidInputError') return parsed
    const { variantId, warehouseId } = parsed.value
    if (!(await findOwnWarehouse(warehouseId, identity, ctx))) return warehouseNotFound
    const unknown = await unknownVariant([variantId], () => 'variantId', ctx)
    if (unknown) return unknown
    await database.transact((tx) => set(tx, parsed.value))
    return {
      kind: 'SetStockMarksSuccess',
      level: await ctx.loaders.stockLevel.load({ variantId, warehouseId }),
    }
  }
}

import type {
  StockLevel,
  StockMovement,
  StockTransfer,
  StockTransferLine,
  StockUnit,
  StockUnitEvent,
  Warehouse,
} from '../data/generated/client.ts'
import { pickTranslation } from '../domain/pick-translation.ts'
import type { Ctx } from './services.ts'

interface OfVariant {
  variantId: string
}

const variant = (row: OfVariant) => ({ id: row.variantId })
const warehouse = (row: { warehouseId: string }, _: unknown, { loaders }: Ctx) =>
  loaders.warehouse.load(row.warehouseId)
/** Of what the catalogue has never told of nothing is known but that it is there. */
const sku = async (row: OfVariant, _: unknown, { loaders }: Ctx) =>
  (await loaders.sellable.load(row.variantId))?.sku ?? ''

const freeIn = (level: StockLevel): number => level.onHand - level.reserved - level.committed

export const stockFields = {
  Warehouse: {
    __resolveReference: ({ id }: { id: string }, { loaders }: Ctx) => loaders.warehouse.load(id),
    shop: (row: Warehouse, _: unknown, { loaders }: Ctx) =>
      row.shopId === null ? null : loaders.shop.load(row.shopId),
  },
  StockLevel: {
    variant,
    sku,
    name: async (row: OfVariant, _: unknown, { loaders }: Ctx) =>
      pickTranslation((await loaders.sellable.load(row.variantId))?.names ?? {}, 'en'),
    optionsLabel: async (row: OfVariant, _: unknown, { loaders }: Ctx) =>
      pickTranslation((await loaders.sellable.load(row.variantId))?.optionsLabels ?? {}, 'en'),
    isSerialized: async (row: OfVariant, _: unknown, { loaders }: Ctx) =>
      (await loaders.sellable.load(row.variantId))?.isSerialized ?? false,
    warehouse,
    available: (level: StockLevel) => Math.max(0, freeIn(level) - level.safety),
    isLow: (level: StockLevel) => freeIn(level) < level.lowAt,
  },
  StockMovement: { variant, sku, warehouse } satisfies Record<
    string,
    (row: StockMovement, args: unknown, ctx: Ctx) => unknown
  >,
  StockTransfer: {
    from: (row: StockTransfer, _: unknown, { loaders }: Ctx) => loaders.warehouse.load(row.fromWarehouseId),
    to: (row: StockTransfer, _: unknown, { loaders }: Ctx) => loaders.warehouse.load(row.toWarehouseId),
    lines: (row: StockTransfer, _: unknown, { loaders }: Ctx) => loaders.transferLinesOf.load(row.id),
  },
  StockTransferLine: {
    variant,
    sku,
    serials: async (row: StockTransferLine, _: unknown, { loaders }: Ctx) =>
      (await loaders.travellingUnitsOf.load(row.transferId))
        .filter((unit) => unit.variantId === row.variantId)
        .map((unit) => unit.serial),
  },
  StockUnit: {
    variant,
    warehouse,
    history: (row: StockUnit, _: unknown, { loaders }: Ctx) => loaders.stepsOf.load(row.id),
  },
  StockUnitStep: { warehouse } satisfies Record<
    string,
    (row: StockUnitEvent, args: unknown, ctx: Ctx) => unknown
  >,
}

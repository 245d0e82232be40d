import type { Tx } from '../data/catalog-database.ts'
import { toJson } from '../data/json-columns.ts'
import type { ProductInput, VariantInput } from '../domain/product.ts'
import { type PricePlan, writePrices } from './plan-prices.ts'

/** Rows to write for many products, so that each table is written once. */
export interface ProductPlan {
  newProducts: ReturnType<typeof toProductRow>[]
  changedProducts: ReturnType<typeof toProductRow>[]
  newVariants: ReturnType<typeof toVariantRow>[]
  changedVariants: ReturnType<typeof toVariantRow>[]
  retiredVariants: string[]
  prices: PricePlan
  /** Of the products that change; null for a new one. */
  statusBefore: Map<string, ProductInput['status'] | null>
  /** Of the products that change, those that stand where they stood in every list. */
  listedAsBefore: Set<string>
}

export const newPlan = (): ProductPlan => ({
  newProducts: [],
  changedProducts: [],
  newVariants: [],
  changedVariants: [],
  retiredVariants: [],
  prices: { ended: [], made: [] },
  statusBefore: new Map(),
  listedAsBefore: new Set(),
})

export function toProductRow(id: string, product: ProductInput, publishedAt: Date | null) {
  const { slug, status, category, taxCategory } = product
  return {
    id,
    slug,
    status,
    category,
    taxCategory,
    names: toJson(product.names),
    descriptions: toJson(product.descriptions),
    details: toJson(product.details),
    vendor: product.vendor ?? null,
    tags: [...(product.tags ?? [])],
    options: toJson(product.options),
    publishedAt,
  }
}

export function toVariantRow(id: string, productId: string, position: number, variant: VariantInput) {
  const { sku, barcode, weightGrams } = variant
  return {
    id,
    productId,
    position,
    sku,
    barcode,
    weightGrams,
    options: toJson(variant.options),
    hsCode: variant.hsCode ?? null,
    isSerialized: variant.isSerialized ?? false,
    retiredAt: null,
  }
}

export async function writePlan(tx: Tx, plan: ProductPlan, now: Date): Promise<void> {
  if (plan.newProducts.length > 0) await tx.product.createMany({ data: plan.newProducts })
  for (const { id, ...data } of plan.changedProducts) await tx.product.update({ where: { id }, data })
  if (plan.retiredVariants.length > 0) {
    await tx.productVariant.updateMany({
      where: { id: { in: plan.retiredVariants } },
      data: { retiredAt: now },
    })
  }
  if (plan.newVariants.length > 0) await tx.productVariant.createMany({ data: plan.newVariants })
  for (const { id, ...data } of plan.changedVariants) await tx.productVariant.update({ where: { id }, data })
  await writePrices(tx, plan.prices, now)
}

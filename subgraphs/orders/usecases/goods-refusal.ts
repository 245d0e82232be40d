/** Why pieces cannot be had, whichever way they are bought. */
export type GoodsRefusal =
  | { kind: 'NotSoldHereError'; message: string; variantIds: string[] }
  | { kind: 'OutOfStockError'; message: string; lines: { variantId: string; available: number }[] }

// A thousand shoppers at the doors of two orders processes for 1, 10 and 100 pieces: exactly so many must get one.
// `node bench/checkout/rush.ts`; the last line is one JSON object, and the exit code says whether it was so.
import { inQueues, openOrders } from './open-orders.ts'

const shoppers = 1_000
const atOnce = 64

const orders = await openOrders()
const rushes: { pieces: number; orders: number; refused: number; seconds: number }[] = []
try {
  for (const pieces of [1, 10, 100]) {
    const half = Math.floor(pieces / 2)
    const variantId = await orders.sell({ 'PAR-DC': pieces - half, ...(half > 0 && { 'LYO-DC': half }) })
    const startedAt = performance.now()
    const kinds = new Map<string, number>()
    await inQueues(atOnce, Array.from({ length: shoppers }), async () => {
      const kind = await orders.hold(variantId)
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    })
    rushes.push({
      pieces,
      orders: kinds.get('PlaceOrderSuccess') ?? 0,
      refused: kinds.get('OutOfStockError') ?? 0,
      seconds: Math.round((performance.now() - startedAt) / 100) / 10,
    })
  }
  const violations = await orders.violations()
  console.log(JSON.stringify({ shoppers, rushes, violations }))
  const isExact = rushes.every(
    (rush) => rush.orders === rush.pieces && rush.refused === shoppers - rush.pieces,
  )
  process.exitCode = isExact && violations.length === 0 ? 0 : 1
} finally {
  await orders.close()
}
process.exit()

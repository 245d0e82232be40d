// Holds of one SKU at the doors of two orders processes, and of eight SKUs: what eight buckets of one SKU could give at
// most, since nothing they lock is shared. `node bench/checkout/holds.ts`; the last line is one JSON object.
import { inQueues, openOrders } from './open-orders.ts'

const seconds = 8
const shoppers = 32
const many = 1_000_000

const orders = await openOrders()
try {
  const variants = await Promise.all(Array.from({ length: 8 }, () => orders.sell({ 'PAR-DC': many })))
  const perSecond = async (among: readonly string[]): Promise<number> => {
    const until = performance.now() + seconds * 1_000
    let held = 0
    function* turns() {
      for (let turn = 0; performance.now() < until; turn++) yield among[turn % among.length] ?? ''
    }
    await inQueues(shoppers, turns(), async (variantId) => {
      const kind = await orders.hold(variantId)
      if (kind !== 'PlaceOrderSuccess') throw new Error(kind)
      held += 1
    })
    return Math.round(held / seconds)
  }
  await perSecond(variants)
  const holdsPerSecondOneSku = await perSecond(variants.slice(0, 1))
  const holdsPerSecondEightSkus = await perSecond(variants)
  const violations = await orders.violations()
  console.log(JSON.stringify({ holdsPerSecondOneSku, holdsPerSecondEightSkus, violations }))
} finally {
  await orders.close()
}
process.exit()

import { expect, test } from 'vitest'
import { sampleOrder } from '../test/sample-order.ts'
import { toSale } from './to-sale.ts'

const telling = { eventId: '1', type: 'order.confirmed', occurredAt: new Date(0) }

test('a sale is what is left after discounts, of the goods and of the delivery', () => {
  const order = sampleOrder({ discountMinor: '1500', totalMinor: '10000' })
  const payload = { ...order, lines: order.lines.map((line) => ({ ...line, discountMinor: '1000' })) }
  expect(toSale({ ...telling, aggregateId: order.orderId, payload })).toMatchObject({
    grossMinor: 9_000n,
    shippingMinor: 1_000n,
    totalMinor: 10_000n,
    lines: [{ grossMinor: 9_000n }],
  })
})

test('an event from before there were discounts is a sale without any', () => {
  const { discountMinor: _, lines, ...order } = sampleOrder()
  const payload = { ...order, lines: lines.map(({ discountMinor: __, ...line }) => line) }
  expect(toSale({ ...telling, aggregateId: order.orderId, payload })).toMatchObject({
    grossMinor: 10_000n,
    shippingMinor: 1_500n,
  })
})

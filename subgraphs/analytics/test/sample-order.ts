import type { z } from 'zod'
import type { orderConfirmed, saleRecorded } from '#contracts/orders.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'

export type OrderPayload = z.infer<typeof orderConfirmed.payload>

/** An order as orders tells it: one line of `quantity` pieces at 100.00 each with 20 % tax in it, delivery 15.00. */
export function sampleOrder(
  changes: Partial<OrderPayload> & {
    productId?: string
    name?: string
    quantity?: number
    unitMinor?: bigint
  } = {},
): OrderPayload {
  const { productId = uuidv7(), name = 'Tote', quantity = 1, unitMinor = 10_000n, ...rest } = changes
  const goods = unitMinor * BigInt(quantity)
  return {
    orderId: uuidv7(),
    number: 'M-1',
    customerRef: uuidv7(),
    marketId: 'FR',
    currency: 'EUR',
    channel: 'WEB',
    shopId: null,
    locale: 'fr',
    subtotalMinor: goods.toString(),
    shippingMinor: '1500',
    taxMinor: (goods / 6n).toString(),
    discountMinor: '0',
    taxIncluded: true,
    totalMinor: (goods + 1500n).toString(),
    placedAt: new Date().toISOString(),
    lines: [
      {
        lineId: uuidv7(),
        variantId: uuidv7(),
        productId,
        sku: 'TOTE-1',
        name,
        category: 'bags',
        quantity,
        unitPriceMinor: unitMinor.toString(),
        totalMinor: goods.toString(),
        discountMinor: '0',
        taxMinor: (goods / 6n).toString(),
      },
    ],
    ...rest,
  }
}

/** The same sold for cash in a boutique. */
export function sampleSale(order: OrderPayload, soldAt: string): z.infer<typeof saleRecorded.payload> {
  return {
    ...order,
    channel: 'POS',
    registerId: uuidv7(),
    clerkRef: uuidv7(),
    soldAt,
    tenders: [{ kind: 'CASH', amountMinor: order.totalMinor }],
  }
}

export const executive = testIdentity({ roles: ['EXECUTIVE'] })
export const support = testIdentity({ roles: ['SUPPORT'] })
export const shopper = testIdentity({ roles: ['CUSTOMER'] })

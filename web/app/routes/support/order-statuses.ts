import type { OrderStatus } from '#generated/graphql.ts'

/** In the order of an order's life. */
export const orderStatuses: readonly OrderStatus[] = [
  'UNCONFIRMED',
  'UNFULFILLED',
  'PARTIALLY_FULFILLED',
  'FULFILLED',
  'PARTIALLY_RETURNED',
  'RETURNED',
  'EXPIRED',
  'CANCELED',
]

export function toOrderStatus(text: string | null): OrderStatus | null {
  return orderStatuses.find((status) => status === text) ?? null
}

import type { OrderStatus } from '#generated/graphql.ts'

/** How an order's state looks; its word says what it is. */
export function orderTone(status: OrderStatus): 'plain' | 'good' | 'careful' | 'bad' {
  switch (status) {
    case 'UNCONFIRMED':
      return 'careful'
    case 'UNFULFILLED':
    case 'PARTIALLY_FULFILLED':
    case 'FULFILLED':
      return 'good'
    case 'EXPIRED':
    case 'CANCELED':
      return 'bad'
    case 'PARTIALLY_RETURNED':
    case 'RETURNED':
      return 'plain'
  }
}

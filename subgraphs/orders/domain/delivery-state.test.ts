import { expect, test } from 'vitest'
import {
  decideDeliveryStep,
  type DeliveryStatus,
  isDeliveryOpen,
  nextDeliveryStatuses,
} from './delivery-state.ts'

const allowed: Record<DeliveryStatus, DeliveryStatus[]> = {
  PENDING: ['CARRIER_PICKED_UP'],
  CARRIER_PICKED_UP: ['OUT_FOR_DELIVERY'],
  OUT_FOR_DELIVERY: ['DELIVERED', 'ATTEMPTED_DELIVERY'],
  ATTEMPTED_DELIVERY: ['OUT_FOR_DELIVERY', 'FAILURE'],
  DELIVERED: [],
  FAILURE: [],
  CANCELED: [],
}
const statuses = Object.keys(allowed) as DeliveryStatus[]

test.each(statuses)('from %s only its next steps are taken, and its own is a repetition', (from) => {
  expect(nextDeliveryStatuses(from)).toEqual(allowed[from])
  expect(isDeliveryOpen(from)).toBe(allowed[from].length > 0)
  for (const to of statuses) {
    const expected = from === to ? 'Repeat' : allowed[from].includes(to) ? 'Move' : 'Illegal'
    expect(decideDeliveryStep(from, to).kind).toBe(expected)
  }
})

import { expect, test } from 'vitest'
import {
  decideDeliveryStep,
  type DeliveryKind,
  type DeliveryStatus,
  isDeliveryOpen,
  nextDeliveryStatuses,
} from './delivery-state.ts'

const statuses: DeliveryStatus[] = [
  'PENDING',
  'CARRIER_PICKED_UP',
  'OUT_FOR_DELIVERY',
  'DELIVERED',
  'ATTEMPTED_DELIVERY',
  'FAILURE',
  'CANCELED',
  'READY_FOR_PICKUP',
  'PICKED_UP',
]
const allowed: Record<DeliveryKind, Partial<Record<DeliveryStatus, DeliveryStatus[]>>> = {
  COURIER: {
    PENDING: ['CARRIER_PICKED_UP'],
    CARRIER_PICKED_UP: ['OUT_FOR_DELIVERY'],
    OUT_FOR_DELIVERY: ['DELIVERED', 'ATTEMPTED_DELIVERY'],
    ATTEMPTED_DELIVERY: ['OUT_FOR_DELIVERY', 'FAILURE'],
  },
  PICKUP: { PENDING: ['READY_FOR_PICKUP'], READY_FOR_PICKUP: ['PICKED_UP'] },
}
const cases = (['COURIER', 'PICKUP'] as const).flatMap((kind) =>
  statuses.map((from) => [kind, from] as const),
)

test.each(cases)('%s: from %s only its next steps are taken, and its own is a repetition', (kind, from) => {
  const next = allowed[kind][from] ?? []
  expect(nextDeliveryStatuses(kind, from)).toEqual(next)
  expect(isDeliveryOpen(kind, from)).toBe(next.length > 0)
  for (const to of statuses) {
    const expected = from === to ? 'Repeat' : next.includes(to) ? 'Move' : 'Illegal'
    expect(decideDeliveryStep({ kind, status: from }, to).kind).toBe(expected)
  }
})

export type DeliveryStatus =
  | 'PENDING'
  | 'CARRIER_PICKED_UP'
  | 'OUT_FOR_DELIVERY'
  | 'DELIVERED'
  | 'ATTEMPTED_DELIVERY'
  | 'FAILURE'
  | 'CANCELED'

const next: Record<DeliveryStatus, readonly DeliveryStatus[]> = {
  PENDING: ['CARRIER_PICKED_UP'],
  CARRIER_PICKED_UP: ['OUT_FOR_DELIVERY'],
  OUT_FOR_DELIVERY: ['DELIVERED', 'ATTEMPTED_DELIVERY'],
  ATTEMPTED_DELIVERY: ['OUT_FOR_DELIVERY', 'FAILURE'],
  DELIVERED: [],
  FAILURE: [],
  CANCELED: [],
}

/** The steps a parcel allows where it stands. */
export function nextDeliveryStatuses(status: DeliveryStatus): readonly DeliveryStatus[] {
  return next[status]
}

/** Whether somebody still has to do something about the parcel. */
export function isDeliveryOpen(status: DeliveryStatus): boolean {
  return next[status].length > 0
}

/** Repeating the step a parcel has just taken changes nothing. */
export function decideDeliveryStep(
  from: DeliveryStatus,
  to: DeliveryStatus,
): { kind: 'Move' } | { kind: 'Repeat' } | { kind: 'Illegal' } {
  if (from === to) return { kind: 'Repeat' }
  return { kind: next[from].includes(to) ? 'Move' : 'Illegal' }
}

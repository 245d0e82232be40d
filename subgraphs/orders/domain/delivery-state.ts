export type DeliveryStatus =
  | 'PENDING'
  | 'CARRIER_PICKED_UP'
  | 'OUT_FOR_DELIVERY'
  | 'DELIVERED'
  | 'ATTEMPTED_DELIVERY'
  | 'FAILURE'
  | 'CANCELED'
  | 'READY_FOR_PICKUP'
  | 'PICKED_UP'

export type DeliveryKind = 'COURIER' | 'PICKUP'

const next: Record<DeliveryKind, Partial<Record<DeliveryStatus, readonly DeliveryStatus[]>>> = {
  COURIER: {
    PENDING: ['CARRIER_PICKED_UP'],
    CARRIER_PICKED_UP: ['OUT_FOR_DELIVERY'],
    OUT_FOR_DELIVERY: ['DELIVERED', 'ATTEMPTED_DELIVERY'],
    ATTEMPTED_DELIVERY: ['OUT_FOR_DELIVERY', 'FAILURE'],
  },
  PICKUP: {
    PENDING: ['READY_FOR_PICKUP'],
    READY_FOR_PICKUP: ['PICKED_UP'],
  },
}

/** The steps a parcel allows where it stands. */
export function nextDeliveryStatuses(kind: DeliveryKind, status: DeliveryStatus): readonly DeliveryStatus[] {
  return next[kind][status] ?? []
}

/** Whether somebody still has to do something about the parcel. */
export function isDeliveryOpen(kind: DeliveryKind, status: DeliveryStatus): boolean {
  return nextDeliveryStatuses(kind, status).length > 0
}

/** With this step the goods leave the house. */
export function isHandOver(status: DeliveryStatus): boolean {
  return status === 'CARRIER_PICKED_UP' || status === 'PICKED_UP'
}

/** With this step the customer has the goods. */
export function isArrival(status: DeliveryStatus): boolean {
  return status === 'DELIVERED' || status === 'PICKED_UP'
}

/** Repeating the step a parcel has just taken changes nothing. */
export function decideDeliveryStep(
  { kind, status }: { kind: DeliveryKind; status: DeliveryStatus },
  to: DeliveryStatus,
): { kind: 'Move' } | { kind: 'Repeat' } | { kind: 'Illegal' } {
  if (status === to) return { kind: 'Repeat' }
  return { kind: nextDeliveryStatuses(kind, status).includes(to) ? 'Move' : 'Illegal' }
}

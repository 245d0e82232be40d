import type { DeliveryStatus } from '#generated/graphql.ts'

/** What a courier presses, in the courier's words. */
export const deliverySteps: Readonly<Record<DeliveryStatus, string>> = {
  PENDING: 'Back to waiting',
  CARRIER_PICKED_UP: 'I have it',
  OUT_FOR_DELIVERY: 'On my way',
  DELIVERED: 'Handed over',
  ATTEMPTED_DELIVERY: 'Nobody there',
  FAILURE: 'Give up',
  CANCELED: 'Called off',
  READY_FOR_PICKUP: 'Ready',
  PICKED_UP: 'Collected',
}

/** Where a parcel stands, as its courier sees it. */
export const deliveryStates: Readonly<Record<DeliveryStatus, string>> = {
  PENDING: 'Waits for you',
  CARRIER_PICKED_UP: 'With you',
  OUT_FOR_DELIVERY: 'On the way',
  DELIVERED: 'Handed over',
  ATTEMPTED_DELIVERY: 'Nobody was there',
  FAILURE: 'Given up',
  CANCELED: 'Called off',
  READY_FOR_PICKUP: 'Ready to be collected',
  PICKED_UP: 'Collected',
}

export function isDeliveryStep(text: string): text is DeliveryStatus {
  return Object.hasOwn(deliverySteps, text)
}

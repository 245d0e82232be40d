import type { AdjustmentReason } from '#generated/graphql.ts'

/** Why a number is put right, in the words of the desk. */
export const adjustments: Readonly<Record<AdjustmentReason, string>> = {
  DAMAGED: 'Damaged',
  LOST: 'Lost',
  STOLEN: 'Stolen',
  SAMPLE: 'Given as a sample',
  FOUND: 'Found',
  CORRECTION: 'Booked wrongly',
}

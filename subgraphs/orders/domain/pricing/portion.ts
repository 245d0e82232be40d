import { divideRounded, type RoundingMode } from '#platform/money/round.ts'

export const million = 1_000_000n

/** So many parts per million of an amount, rounded. */
export function portion(amountMinor: bigint, ppm: number, mode: RoundingMode): bigint {
  return divideRounded(amountMinor * BigInt(ppm), million, mode)
}

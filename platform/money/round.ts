export type RoundingMode = 'HALF_EVEN' | 'HALF_UP'

/**
 * The one rounding function of the house: `numerator / denominator` to the nearest integer. A tie goes to the even
 * neighbour (HALF_EVEN) or away from zero (HALF_UP), so that a refund rounds exactly as the sale it mirrors.
 * Throws RangeError for a zero denominator.
 */
export function divideRounded(numerator: bigint, denominator: bigint, mode: RoundingMode): bigint {
  if (denominator === 0n) throw new RangeError('divideRounded: division by zero')
  const isNegative = numerator < 0n !== denominator < 0n
  const dividend = numerator < 0n ? -numerator : numerator
  const divisor = denominator < 0n ? -denominator : denominator
  const quotient = dividend / divisor
  const twiceRest = (dividend % divisor) * 2n
  const isTie = twiceRest === divisor
  const roundsUp = isTie ? mode === 'HALF_UP' || quotient % 2n === 1n : twiceRest > divisor
  const rounded = roundsUp ? quotient + 1n : quotient
  return isNegative ? -rounded : rounded
}

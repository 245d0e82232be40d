export const mostLines = 100
export const mostPieces = 99

const dayMs = 86_400_000

/** A cart nobody touches is forgotten after so long. */
export function expiryFrom(now: Date): Date {
  return new Date(now.getTime() + 30 * dayMs)
}

/** Why staff cannot move pieces. */
export type StockRefusal =
  | { kind: 'InsufficientStockError'; message: string; lines: { variantId: string; available: number }[] }
  | SerialMismatch
  | { kind: 'InvalidInputError'; message: string; field: string }

export interface SerialMismatch {
  kind: 'SerialMismatchError'
  message: string
  serials: string[]
}

export function insufficientStock(lines: { variantId: string; available: number }[]): StockRefusal {
  return {
    kind: 'InsufficientStockError',
    message: 'Fewer pieces are free there: some are held or paid by customers, or the books are wrong.',
    lines,
  }
}

/** The numbers that did not go with the others; null when all did. */
export function misfits(
  asked: readonly { serial: string }[],
  moved: readonly string[],
): SerialMismatch | null {
  const done = new Set(moved)
  const serials = asked.map((unit) => unit.serial).filter((serial) => !done.has(serial))
  if (serials.length === 0) return null
  return { kind: 'SerialMismatchError', message: `These numbers do not fit: ${serials.join(', ')}.`, serials }
}

export const wrongCount: SerialMismatch = {
  kind: 'SerialMismatchError',
  message: 'Name each piece of a variant whose pieces have numbers, and of no other.',
  serials: [],
}

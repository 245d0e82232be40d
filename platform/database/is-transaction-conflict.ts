const conflictStates = new Set(['40001', '40P01'])

/**
 * True when the database undid the transaction because of a concurrent one (serialization failure or deadlock), in
 * whichever of the shapes Prisma reports it: P2034 from a model call, the driver's error from raw SQL or from COMMIT.
 */
export function isTransactionConflict(error: unknown): boolean {
  if (!isRecord(error)) return false
  if (error.code === 'P2034' || (typeof error.code === 'string' && conflictStates.has(error.code)))
    return true
  if (isRecord(error.cause)) {
    const { kind, originalCode } = error.cause
    if (kind === 'TransactionWriteConflict') return true
    if (typeof originalCode === 'string' && conflictStates.has(originalCode)) return true
  }
  // P2010 (raw query failed) hides the driver's error in meta.
  return isRecord(error.meta) && isTransactionConflict(error.meta.driverAdapterError)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

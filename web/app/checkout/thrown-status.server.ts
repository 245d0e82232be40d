/** The status of what `execute` has thrown; null for redirects and for faults of ours. */
export function thrownStatus(error: unknown): number | null {
  const status = (error as { init?: { status?: number } | null } | null)?.init?.status
  return typeof status === 'number' ? status : null
}

export type ReturnStatus = 'REQUESTED' | 'APPROVED' | 'RECEIVED' | 'REFUNDED' | 'REJECTED'
export type ReturnStep = 'approve' | 'reject' | 'receive' | 'refund'

const steps: Record<ReturnStep, Partial<Record<ReturnStatus, ReturnStatus>>> = {
  approve: { REQUESTED: 'APPROVED' },
  // Also one that was allowed, and whose pieces never came or are not the ones.
  reject: { REQUESTED: 'REJECTED', APPROVED: 'REJECTED' },
  receive: { APPROVED: 'RECEIVED' },
  refund: { RECEIVED: 'REFUNDED' },
}

/** Where each step has been taken already: asking again changes nothing. */
const taken: Record<ReturnStep, readonly ReturnStatus[]> = {
  approve: ['APPROVED'],
  reject: ['REJECTED'],
  receive: ['RECEIVED', 'REFUNDED'],
  refund: ['REFUNDED'],
}

export function decideReturnStep(
  status: ReturnStatus,
  step: ReturnStep,
): { kind: 'Move'; to: ReturnStatus } | { kind: 'Repeat' } | { kind: 'Illegal' } {
  const to = steps[step][status]
  if (to !== undefined) return { kind: 'Move', to }
  return { kind: taken[step].includes(status) ? 'Repeat' : 'Illegal' }
}

/** Where staff can move a return; the refund follows by itself. */
export function nextReturnStatuses(status: ReturnStatus): ReturnStatus[] {
  return (['approve', 'reject', 'receive'] as const).flatMap((step) => steps[step][status] ?? [])
}

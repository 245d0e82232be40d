import type { ReturnReason, ReturnStatus } from '#generated/graphql.ts'

export const returnReasons = [
  'WRONG_SIZE',
  'CHANGED_MIND',
  'DAMAGED',
  'NOT_AS_DESCRIBED',
  'OTHER',
] as const satisfies readonly ReturnReason[]

export function toReturnReason(text: string): ReturnReason {
  return returnReasons.find((reason) => reason === text) ?? 'OTHER'
}

/** How a return's state looks; its word says what it is. */
export function returnTone(status: ReturnStatus): 'plain' | 'good' | 'careful' | 'bad' {
  switch (status) {
    case 'REQUESTED':
    case 'RECEIVED':
      return 'careful'
    case 'APPROVED':
    case 'REFUNDED':
      return 'good'
    case 'REJECTED':
      return 'bad'
  }
}

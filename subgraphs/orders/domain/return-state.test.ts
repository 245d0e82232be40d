import { expect, test } from 'vitest'
import { decideReturnStep, nextReturnStatuses, type ReturnStatus, type ReturnStep } from './return-state.ts'

const statuses: ReturnStatus[] = ['REQUESTED', 'APPROVED', 'RECEIVED', 'REFUNDED', 'REJECTED']

const table: [ReturnStep, Partial<Record<ReturnStatus, ReturnStatus | 'Repeat'>>][] = [
  ['approve', { REQUESTED: 'APPROVED', APPROVED: 'Repeat' }],
  ['reject', { REQUESTED: 'REJECTED', APPROVED: 'REJECTED', REJECTED: 'Repeat' }],
  ['receive', { APPROVED: 'RECEIVED', RECEIVED: 'Repeat', REFUNDED: 'Repeat' }],
  ['refund', { RECEIVED: 'REFUNDED', REFUNDED: 'Repeat' }],
]

test.each(table)(
  '%s leads from where it may, repeats where it was taken, and is illegal elsewhere',
  (step, targets) => {
    for (const status of statuses) {
      const decision = decideReturnStep(status, step)
      expect(decision.kind === 'Move' ? decision.to : decision.kind).toBe(targets[status] ?? 'Illegal')
    }
  },
)

test('staff are shown what they can do', () => {
  expect(Object.fromEntries(statuses.map((status) => [status, nextReturnStatuses(status)]))).toEqual({
    REQUESTED: ['APPROVED', 'REJECTED'],
    APPROVED: ['REJECTED', 'RECEIVED'],
    RECEIVED: [],
    REFUNDED: [],
    REJECTED: [],
  })
})

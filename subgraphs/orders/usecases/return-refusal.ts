import type { ReturnStatus } from '../domain/return-state.ts'

export type ReturnRefusal =
  | { kind: 'ReturnNotFoundError'; message: string }
  | { kind: 'IllegalReturnStateError'; message: string; status: ReturnStatus }
  | { kind: 'InvalidInputError'; message: string; field: string }

export const returnNotFound = {
  kind: 'ReturnNotFoundError',
  message: 'There is no such return.',
} as const

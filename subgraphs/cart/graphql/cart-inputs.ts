import { z } from 'zod'
import type { Identity } from '#platform/auth/identity.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import { mostPieces } from '../domain/limits.ts'
import type { CartAccess } from '../usecases/may-use-cart.ts'

export interface CartAccessInput {
  id: string
  token?: string | null
}

/** The right a caller claims to a cart; null for an id that no cart can have. */
export function accessOf(input: CartAccessInput, identity: Identity | null): CartAccess | null {
  if (!isUuid(input.id)) return null
  return { id: input.id.toLowerCase(), token: input.token ?? null, userId: identity?.userId ?? null }
}

/** An id of a UUID in lower case. */
export const uuid = (message: string) => z.string().refine(isUuid, message).toLowerCase()

export const marketCode = z.string().regex(/^[A-Z]{2,8}$/, 'is no code of a market')

export function quantity(least: number) {
  const message = `must be ${least} to ${mostPieces}`
  return z.int().min(least, message).max(mostPieces, message)
}

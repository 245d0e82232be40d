import { z } from 'zod'
import { defineEvent } from '#platform/events/define-event.ts'

// What users tells. Personal data never travels: who wants to write to somebody asks users by `customerRef` (the user's id).

const userRef = z.object({ userId: z.uuid() })

/** Somebody made an account. The address is not confirmed yet. */
export const userRegistered = defineEvent({
  type: 'user.registered',
  aggregateType: 'user',
  payload: userRef.extend({ locale: z.string(), isGuest: z.boolean() }),
})

/** A confirmation link should be mailed. Heard by users itself: mail leaves after the commit, never before. */
export const emailVerificationRequested = defineEvent({
  type: 'email-verification.requested',
  aggregateType: 'user',
  payload: userRef.extend({ tokenId: z.uuid(), locale: z.string() }),
})

/** The address belongs to the person. */
export const emailVerified = defineEvent({ type: 'email.verified', aggregateType: 'user', payload: userRef })

/** A session was opened. */
export const userSignedIn = defineEvent({
  type: 'user.signed-in',
  aggregateType: 'user',
  payload: userRef.extend({ sessionId: z.uuid(), isGuest: z.boolean() }),
})

/** From now on the person may do exactly this, whatever an older access token says. */
export const userRoleChanged = defineEvent({
  type: 'user.role-changed',
  aggregateType: 'user',
  payload: userRef.extend({ roles: z.array(z.string()), shopIds: z.array(z.string()) }),
})

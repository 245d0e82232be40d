import { emailVerificationRequested } from '#contracts/users.ts'
import { defineConsumer } from '#platform/events/consumer.ts'
import type { Clock } from '#platform/time/clock.ts'
import type { Tx } from '../data/users-database.ts'
import { notify } from '../usecases/notify.ts'

/** Users hears itself: the letter is written when the account is surely there. */
export function onEmailVerificationRequested(clock: Clock) {
  return defineConsumer({
    name: 'users.email-verification-requested',
    hears: [emailVerificationRequested],
    handle: async ({ eventId, payload: { userId, tokenId, locale } }, tx: Tx) => {
      const now = clock.now()
      await notify(tx, { userId, kind: 'EMAIL_VERIFICATION', cause: eventId, locale, data: { tokenId }, now })
    },
  })
}

import type { Services } from '../../usecases/services.ts'
import { verifyEmail as verify } from '../../usecases/verify-email.ts'
import type { Ctx } from '../loaders.ts'
import { toSignInSuccess } from '../sign-in-success.ts'

export function verifyEmail(services: Services) {
  const { database, secretTokens, clock } = services
  return async (_: unknown, { token }: { token: string }, ctx: Ctx) => {
    const opened = await database.transact((tx) => verify(tx, token, { secretTokens, now: clock.now() }))
    if (opened) return await toSignInSuccess(opened, services, ctx)
    return {
      kind: 'TokenInvalidError',
      message: 'This link was used already or is too old. Sign in, and a new one is mailed if it is needed.',
    }
  }
}

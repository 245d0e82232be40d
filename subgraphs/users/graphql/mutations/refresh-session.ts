import { refreshSession as refresh } from '../../usecases/refresh-session.ts'
import type { Services } from '../../usecases/services.ts'
import type { Ctx } from '../loaders.ts'
import { toSignInSuccess } from '../sign-in-success.ts'

export function refreshSession(services: Services) {
  const { database, secretTokens, clock } = services
  return async (_: unknown, { refreshToken }: { refreshToken: string }, ctx: Ctx) => {
    const opened = await database.transact((tx) =>
      refresh(tx, refreshToken, { secretTokens, now: clock.now() }),
    )
    if (opened) return await toSignInSuccess(opened, services, ctx)
    return { kind: 'SessionExpiredError', message: 'Your session has ended. Sign in again.' }
  }
}

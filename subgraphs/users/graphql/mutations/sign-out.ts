import type { Services } from '../../usecases/services.ts'
import { signOut as endSession } from '../../usecases/sign-out.ts'

export function signOut({ database, clock }: Services) {
  return async (_: unknown, { refreshToken }: { refreshToken: string }) => {
    await database.transact((tx) => endSession(tx, refreshToken, clock.now()))
    return true
  }
}

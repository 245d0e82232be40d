import type { Identity } from '#platform/auth/identity.ts'
import type { User } from '../data/generated/client.ts'
import type { OpenSession } from '../usecases/open-session.ts'
import type { Services } from '../usecases/services.ts'
import type { Ctx } from './loaders.ts'

export interface SignInSuccess {
  kind: 'SignInSuccess'
  session: {
    accessToken: string
    accessTokenExpiresAt: Date
    refreshToken: string
    refreshTokenExpiresAt: Date
    user: User
  }
}

/**
 * Signs the access token of a session that was opened, after its commit. What else the operation asks is answered to the
 * person who has just signed in: the request came without a token, and the session holds the person's own fields.
 */
export async function toSignInSuccess(
  opened: OpenSession,
  { signAccessToken }: Services,
  ctx: Ctx,
): Promise<SignInSuccess> {
  const { user, sessionId, refreshToken, refreshTokenExpiresAt } = opened
  const { roles, shopIds } = user
  const identity: Identity = { userId: user.id, sessionId, roles, shopIds }
  const { token, expiresAt } = await signAccessToken(identity)
  Object.assign(ctx, { identity })
  return {
    kind: 'SignInSuccess',
    session: {
      accessToken: token,
      accessTokenExpiresAt: expiresAt,
      refreshToken,
      refreshTokenExpiresAt,
      user,
    },
  }
}

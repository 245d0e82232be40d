import type { Resolvers } from '#platform/graphql/build-schema.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import type { Services } from '../usecases/services.ts'
import type { Ctx } from './loaders.ts'
import { continueAsGuest } from './mutations/continue-as-guest.ts'
import { refreshSession } from './mutations/refresh-session.ts'
import { signIn } from './mutations/sign-in.ts'
import { signOut } from './mutations/sign-out.ts'
import { signUp } from './mutations/sign-up.ts'
import { verifyEmail } from './mutations/verify-email.ts'

export function createResolvers(services: Services): Resolvers {
  return {
    Query: {
      me: (_: unknown, __: unknown, { identity, loaders }: Ctx) =>
        identity && loaders.user.load(identity.userId),
      user: (_: unknown, { id }: { id: string }, ctx: Ctx) => findById(id, ctx),
    },
    Mutation: {
      signUp: signUp(services),
      verifyEmail: verifyEmail(services),
      signIn: signIn(services),
      continueAsGuest: continueAsGuest(services),
      refreshSession: refreshSession(services),
      signOut: signOut(services),
    },
    User: { __resolveReference: ({ id }: { id: string }, ctx: Ctx) => findById(id, ctx) },
    ...Object.fromEntries(
      ['SignUp', 'VerifyEmail', 'SignIn', 'ContinueAsGuest', 'RefreshSession'].map((verb) => [
        `${verb}Result`,
        { __resolveType: (result: { kind: string }) => result.kind },
      ]),
    ),
  }
}

function findById(id: string, { loaders }: Ctx) {
  return isUuid(id) ? loaders.user.load(id.toLowerCase()) : null
}

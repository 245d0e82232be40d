import type { Parts } from '#platform/server/parts.ts'
import type { Subgraph } from '#platform/server/subgraph.ts'
import { signingKeyOf, type UsersConfig } from './config.ts'
import { onDeliveryDelivered } from './consumers/on-delivery-delivered.ts'
import { onEmailVerificationRequested } from './consumers/on-email-verification-requested.ts'
import { onImportEnded } from './consumers/on-import-ended.ts'
import { onOrderConfirmed } from './consumers/on-order-confirmed.ts'
import { onOrderExpired } from './consumers/on-order-expired.ts'
import { openUsersDatabase, type Tx } from './data/users-database.ts'
import { createLoaders, type Loaders } from './graphql/loaders.ts'
import { createResolvers } from './graphql/resolvers.ts'
import { createLetterSender } from './mail/letter-sender.ts'
import { jwksRoute } from './routes/jwks.ts'
import { mailboxRoutes } from './routes/mailbox.ts'
import { createAccessTokens } from './security/access-tokens.ts'
import { createPasswords } from './security/passwords.ts'
import { createSecretTokens } from './security/secret-tokens.ts'
import { createThrottle } from './security/throttle.ts'
import { forgetEnded } from './usecases/forget-ended.ts'

export function createUsers(config: UsersConfig, parts: Parts): Subgraph<Tx, Loaders> {
  const { cache, clock, log, mailer, mailbox } = parts
  const jwk = signingKeyOf(config)
  const database = openUsersDatabase({ url: config.DATABASE_URL, poolSize: config.DATABASE_POOL, log })
  const secretTokens = createSecretTokens(config.TOKEN_SECRET)
  const letters = createLetterSender({
    database,
    mailer,
    secretTokens,
    publicUrl: config.PUBLIC_URL,
    clock,
    log,
  })
  database.onCommit(letters.nudge)
  return {
    name: 'users',
    schemaFile: new URL('./schema.graphql', import.meta.url),
    resolvers: createResolvers({
      database,
      passwords: createPasswords(),
      secretTokens,
      signAccessToken: createAccessTokens({
        jwk,
        issuer: config.TOKEN_ISSUER,
        audience: config.TOKEN_AUDIENCE,
        clock,
      }),
      throttle: createThrottle({ cache, secret: config.TOKEN_SECRET, clock, log }),
      clock,
    }),
    createLoaders: () => createLoaders(database.prisma),
    consumers: [
      onEmailVerificationRequested(clock),
      onOrderConfirmed(clock),
      onOrderExpired(clock),
      onDeliveryDelivered(clock),
      onImportEnded(clock),
    ],
    jobs: [
      { name: 'send-letters', everyMs: 5_000, run: letters.run },
      {
        name: 'forget-ended',
        everyMs: 3_600_000,
        run: async () => {
          while ((await database.transact((tx) => forgetEnded(tx, clock.now()))) > 0);
        },
      },
    ],
    routes: [jwksRoute(jwk), ...(mailbox ? mailboxRoutes(mailbox) : [])],
    database: {
      ...database,
      // A letter under way is marked as sent before the connections go.
      close: async () => {
        await letters.stop()
        await database.close()
      },
    },
  }
}

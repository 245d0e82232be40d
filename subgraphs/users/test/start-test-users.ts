import { createLocalJWKSet, exportJWK, generateKeyPair } from 'jose'
import { createTokenVerifier } from '#platform/auth/access-token.ts'
import type { Identity } from '#platform/auth/identity.ts'
import type { Logger } from '#platform/log/logger.ts'
import type { StoredMail } from '#platform/mail/mailbox.ts'
import type { Parts } from '#platform/server/parts.ts'
import { startTestSubgraph } from '#platform/testing/start-test-subgraph.ts'
import { readUsersConfig } from '../config.ts'
import { createUsers } from '../service.ts'

export const password = 'a long walk by the sea'

export interface SessionData {
  accessToken: string
  refreshToken: string
  refreshTokenExpiresAt: string
  user: { id: string; email: string; roles: string[] }
}

export interface Outcome {
  __typename: string
  message?: string
  field?: string
  email?: string
  retryAfterSeconds?: number
  session?: SessionData
}

const session =
  'session { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt user { id email roles givenName } }'
const outcome = `__typename ... on UserError { message } ... on SignInSuccess { ${session} }`

/** Users as the gateway sees it, with its operations by name and a look into its mailbox. */
export async function startTestUsers(options: { partsOf?: (parts: Parts) => Parts; log?: Logger } = {}) {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true })
  const users = await startTestSubgraph({
    name: 'users',
    readConfig: readUsersConfig,
    create: (config, parts) => createUsers(config, options.partsOf?.(parts) ?? parts),
    env: {
      PUBLIC_URL: 'https://maison.test',
      TOKEN_SECRET: 'the-token-secret-of-a-test-0123456789',
      JWT_PRIVATE_JWK: JSON.stringify({ ...(await exportJWK(privateKey)), kid: 'k1', alg: 'EdDSA' }),
    },
    ...(options.log && { log: options.log }),
  })

  async function ask(
    document: string,
    variables: Record<string, unknown>,
    identity: Identity | null = null,
  ): Promise<Outcome> {
    const { data, errors } = await users.query<{ outcome: Outcome } | null>(document, variables, identity)
    if (errors) throw Object.assign(new Error(errors[0]?.message), { extensions: errors[0]?.extensions })
    if (!data) throw new Error('no data')
    return data.outcome
  }

  async function letters(): Promise<StoredMail[]> {
    await users.settle()
    await users.runJob('send-letters')
    return (await users.parts.mailbox?.list({ limit: 100 })) ?? []
  }

  const newestToken = async () => /verify\?token=([\w-]+)/.exec((await letters())[0]?.text ?? '')?.[1] ?? ''

  const signUp = (input: Record<string, unknown>) =>
    ask(
      `mutation ($input: SignUpInput!) { outcome: signUp(input: $input) { __typename ... on UserError { message } ... on InvalidInputError { field } ... on SignUpSuccess { email } } }`,
      { input: { password, ...input } },
    )
  const verifyEmail = (token: string) =>
    ask(`mutation ($token: String!) { outcome: verifyEmail(token: $token) { ${outcome} } }`, { token })

  return {
    ...users,
    ask,
    letters,
    newestToken,
    signUp,
    verifyEmail,
    signIn: (input: Record<string, unknown>) =>
      ask(
        `mutation ($input: SignInInput!) { outcome: signIn(input: $input) { ${outcome} ... on TooManyAttemptsError { retryAfterSeconds } } }`,
        { input: { password, ...input } },
      ),
    continueAsGuest: (input: Record<string, unknown>) =>
      ask(
        `mutation ($input: ContinueAsGuestInput!) { outcome: continueAsGuest(input: $input) { ${outcome} ... on InvalidInputError { field } } }`,
        { input },
      ),
    refresh: (refreshToken: string) =>
      ask(
        `mutation ($refreshToken: String!) { outcome: refreshSession(refreshToken: $refreshToken) { ${outcome} } }`,
        { refreshToken },
      ),
    signOut: (refreshToken: string) =>
      users.query('mutation ($refreshToken: String!) { signOut(refreshToken: $refreshToken) }', {
        refreshToken,
      }),
    /** Signs up and follows the link. */
    join: async (email: string, more: Record<string, unknown> = {}): Promise<SessionData> => {
      await signUp({ email, ...more })
      const joined = await verifyEmail(await newestToken())
      if (!joined.session) throw new Error(`not verified: ${joined.__typename}`)
      return joined.session
    },
    /** Who a token of this service says somebody is, by the keys it publishes. */
    whoIs: async (accessToken: string): Promise<Identity> => {
      const jwks = await fetch(`${users.url}/.well-known/jwks.json`)
      const keys = createLocalJWKSet((await jwks.json()) as Parameters<typeof createLocalJWKSet>[0])
      return createTokenVerifier({ keys, issuer: 'maison', audience: 'maison', clock: users.clock })(
        accessToken,
      )
    },
  }
}

export type TestUsers = Awaited<ReturnType<typeof startTestUsers>>

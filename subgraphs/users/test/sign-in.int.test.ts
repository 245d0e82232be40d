import { afterAll, beforeAll, expect, test } from 'vitest'
import { userSignedIn } from '#contracts/users.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import { createStaff } from '../usecases/create-staff.ts'
import { password, startTestUsers, type TestUsers } from './start-test-users.ts'

let users: TestUsers
beforeAll(async () => {
  users = await startTestUsers()
})
afterAll(async () => {
  await users.close()
})

test('the right password signs in; wrong ones and unknown addresses get one answer', async () => {
  await users.join('one@example.com')
  const right = await users.signIn({ email: 'one@example.com', device: 'a red telephone' })
  expect(right.__typename).toBe('SignInSuccess')
  await users.settle()
  expect(users.published(userSignedIn).at(-1)?.payload).toMatchObject({ isGuest: false })
  const wrong = await users.signIn({ email: 'one@example.com', password: 'not the password' })
  expect(wrong.__typename).toBe('InvalidCredentialsError')
  expect(await users.signIn({ email: 'nobody@example.com' })).toEqual(wrong)
})

test.each([
  'not an address',
  '',
  '\0',
  'half\ud83d@example.com',
  `${'x'.repeat(50_000)}@example.com`,
  "' OR 1=1 --",
])('nobody has an address such as %j', async (email) => {
  expect((await users.signIn({ email })).__typename).toBe('InvalidCredentialsError')
})

test('an unknown account costs a password check too', async () => {
  await users.join('timed@example.com')
  const fastest = { known: Number.POSITIVE_INFINITY, unknown: Number.POSITIVE_INFINITY }
  const time = async (who: keyof typeof fastest, email: string) => {
    const started = performance.now()
    await users.signIn({ email, password: 'wrong password' })
    fastest[who] = Math.min(fastest[who], performance.now() - started)
  }
  // In turn, and the fastest of each: what else the machine does only ever makes one slower.
  for (let i = 0; i < 4; i++) {
    await time('known', 'timed@example.com')
    await time('unknown', 'untimed@example.com')
  }
  // Without the check of nobody's hash the unknown one takes a fifth.
  expect(fastest.unknown).toBeGreaterThan(fastest.known * 0.5)
})

test('an unconfirmed address is mailed a new link, but only for the right password', async () => {
  await users.signUp({ email: 'fresh@example.com' })
  const wrong = await users.signIn({ email: 'fresh@example.com', password: 'wrong password' })
  expect(wrong.__typename).toBe('InvalidCredentialsError')
  const unverified = await users.signIn({ email: 'fresh@example.com' })
  expect(unverified.__typename).toBe('EmailNotVerifiedError')
  const letters = (await users.letters()).filter((letter) => letter.to === 'fresh@example.com')
  expect(letters).toHaveLength(2)
  expect((await users.verifyEmail(await users.newestToken())).__typename).toBe('SignInSuccess')
})

test('guessing gets slower and slower, also for an account that is not there', async () => {
  await users.join('guessed@example.com')
  for (const email of ['guessed@example.com', 'missing@example.com']) {
    const answers = []
    for (let i = 0; i < 12; i++) answers.push(await users.signIn({ email, password: 'wrong password' }))
    const refused = answers.find((answer) => answer.__typename === 'TooManyAttemptsError')
    expect(refused?.retryAfterSeconds).toBeGreaterThan(0)
    expect(answers.slice(0, 5).map((answer) => answer.__typename)).toEqual(
      Array.from({ length: 5 }, () => 'InvalidCredentialsError'),
    )
  }
  expect((await users.signIn({ email: 'guessed@example.com' })).__typename).toBe('TooManyAttemptsError')
  users.clock.advance(60_000)
  expect((await users.signIn({ email: 'guessed@example.com' })).__typename).toBe('SignInSuccess')
  expect((await users.signIn({ email: 'guessed@example.com' })).__typename).toBe('SignInSuccess')
})

test('a hundred guesses at once get no more tries than one after the other', async () => {
  await users.join('burst@example.com')
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, i) =>
      users.signIn({ email: 'burst@example.com', password: `guess number ${String(i)}` }),
    ),
  )
  const checked = answers.filter((answer) => answer.__typename === 'InvalidCredentialsError')
  expect(checked.length).toBeLessThanOrEqual(6)
})

test('a refresh token is exchanged for the next, and the session stays the same', async () => {
  const { refreshToken, accessToken, user } = await users.join('refresh@example.com')
  const refreshed = (await users.refresh(refreshToken)).session!
  expect(refreshed.refreshToken).not.toBe(refreshToken)
  expect(refreshed.user.id).toBe(user.id)
  const [before, after] = [await users.whoIs(accessToken), await users.whoIs(refreshed.accessToken)]
  expect(after.sessionId).toBe(before.sessionId)
  expect((await users.refresh(refreshed.refreshToken)).__typename).toBe('SignInSuccess')
})

test('two tabs that refresh at once get the same next token', async () => {
  const { refreshToken } = await users.join('tabs@example.com')
  const answers = await Promise.all(Array.from({ length: 10 }, () => users.refresh(refreshToken)))
  expect(new Set(answers.map((answer) => answer.session?.refreshToken)).size).toBe(1)
  users.clock.advance(9_000)
  const late = await users.refresh(refreshToken)
  expect(late.session?.refreshToken).toBe(answers[0]?.session?.refreshToken)
})

test('a token used again after the grace ends the session for every copy', async () => {
  const { refreshToken } = await users.join('stolen@example.com')
  const thiefs = (await users.refresh(refreshToken)).session!
  users.clock.advance(10_001)
  expect((await users.refresh(refreshToken)).__typename).toBe('SessionExpiredError')
  expect((await users.refresh(thiefs.refreshToken)).__typename).toBe('SessionExpiredError')
})

test('signing out ends the session, and is true for any token', async () => {
  const { refreshToken } = await users.join('leaving@example.com')
  expect((await users.signOut(refreshToken)).data).toEqual({ signOut: true })
  expect((await users.refresh(refreshToken)).__typename).toBe('SessionExpiredError')
  expect((await users.signOut(refreshToken)).data).toEqual({ signOut: true })
  expect((await users.signOut('unknown\0')).data).toEqual({ signOut: true })
})

test('an unknown refresh token is an ended session', async () => {
  for (const token of ['', 'unknown', '\0', 'x'.repeat(50_000)]) {
    expect((await users.refresh(token)).__typename).toBe('SessionExpiredError')
  }
})

test('a guest buys without an account, also with the address of one', async () => {
  await users.join('both@example.com')
  const guest = (await users.continueAsGuest({ email: 'both@example.com', givenName: 'Bo' })).session!
  expect(guest.user).toMatchObject({ email: 'both@example.com', roles: ['GUEST'] })
  expect(await users.whoIs(guest.accessToken)).toMatchObject({ roles: ['GUEST'] })
  const again = (await users.continueAsGuest({ email: 'both@example.com' })).session!
  expect(again.user.id).not.toBe(guest.user.id)
  expect((await users.signIn({ email: 'both@example.com' })).session?.user.roles).toEqual(['CUSTOMER'])
  expect((await users.refresh(guest.refreshToken)).__typename).toBe('SignInSuccess')
  const invalid = await users.continueAsGuest({ email: 'nothing' })
  expect(invalid).toMatchObject({ __typename: 'InvalidInputError', field: 'email' })
})

test('people read themselves, support reads anybody', async () => {
  const { user } = await users.join('self@example.com')
  const me = 'query { me { id email emailVerifiedAt isGuest createdAt } }'
  const self = testIdentity({ userId: user.id })
  expect((await users.query(me, {}, self)).data).toMatchObject({ me: { email: 'self@example.com' } })
  expect((await users.query(me)).data).toEqual({ me: null })
  expect((await users.query(me, {}, testIdentity())).data).toEqual({ me: null })
  const byId = 'query ($id: ID!) { user(id: $id) { email } }'
  const support = testIdentity({ roles: ['SUPPORT'] })
  expect((await users.query(byId, { id: user.id }, support)).data).toMatchObject({
    user: { email: 'self@example.com' },
  })
  expect((await users.query(byId, { id: 'nonsense' }, support)).data).toEqual({ user: null })
  expect((await users.query(byId, { id: user.id }, self)).errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
  expect((await users.query(byId, { id: user.id })).errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED')
})

test('an entity of somebody else is refused, many are one statement', async () => {
  const sessions = [await users.join('e1@example.com'), await users.join('e2@example.com')]
  const entities =
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { id email roles } } }'
  const r = [
    ...sessions.map(({ user }) => ({ __typename: 'User', id: user.id })),
    { __typename: 'User', id: 'nonsense' },
  ]
  const seen = await users.query(entities, { r }, testIdentity({ roles: ['SUPPORT'] }))
  expect(seen.data).toMatchObject({
    _entities: [{ email: 'e1@example.com' }, { email: 'e2@example.com' }, null],
  })
  const refused = await users.query(entities, { r: [r[1]] }, testIdentity({ userId: sessions[0]!.user.id }))
  expect(refused.errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
})

test('staff is made once for an id and signs in with its boutiques', async () => {
  const clerk = {
    id: '0190a000-0000-7000-8000-0000000000aa',
    email: 'till@example.com',
    password,
    givenName: 'Till',
    familyName: 'Clerk',
    locale: 'en',
    roles: ['CLERK'],
    shopIds: ['0190a000-0000-7000-8000-00000000a001'],
  } as const
  await Promise.all([createStaff(users.database, clerk), createStaff(users.database, clerk)])
  await createStaff(users.database, { ...clerk, email: 'other@example.com' })
  const { session } = await users.signIn({ email: 'till@example.com' })
  expect(await users.whoIs(session!.accessToken)).toMatchObject({
    userId: clerk.id,
    roles: ['CLERK'],
    shopIds: clerk.shopIds,
  })
})

test('the published key is the public half only', async () => {
  const response = await fetch(`${users.url}/.well-known/jwks.json`)
  const { keys } = (await response.json()) as { keys: Record<string, string>[] }
  expect(Object.keys(keys[0]!).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x'])
})

// Last: it moves the clock far.
test('a session nobody comes back to ends after 30 days, and is forgotten later', async () => {
  const { refreshToken } = await users.join('away@example.com')
  users.clock.advance(30 * 86_400_000)
  expect((await users.refresh(refreshToken)).__typename).toBe('SessionExpiredError')
  users.clock.advance(200 * 86_400_000)
  await users.runJob('forget-ended')
  const { rows } = await users.database.pool.query('SELECT FROM sessions')
  expect(rows).toHaveLength(0)
})

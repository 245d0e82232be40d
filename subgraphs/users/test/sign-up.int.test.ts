import { afterAll, beforeAll, expect, test } from 'vitest'
import { emailVerificationRequested, userRegistered } from '#contracts/users.ts'
import { naughtyStrings } from './naughty-strings.ts'
import { password, startTestUsers, type TestUsers } from './start-test-users.ts'

let users: TestUsers
beforeAll(async () => {
  users = await startTestUsers()
})
afterAll(async () => {
  await users.close()
})

test('signing up mails a link, and the link signs in', async () => {
  const signedUp = await users.signUp({ email: ' Camille@Example.com', givenName: 'Camille', locale: 'fr' })
  expect(signedUp).toEqual({ __typename: 'SignUpSuccess', email: ' Camille@Example.com' })
  const [letter] = await users.letters()
  expect(letter).toMatchObject({
    to: 'Camille@Example.com',
    subject: 'Confirmez votre adresse',
    locale: 'fr',
    text: expect.stringContaining('Bonjour Camille'),
    html: expect.stringContaining('https://maison.test/verify?token='),
  })
  const verified = await users.verifyEmail(await users.newestToken())
  expect(verified.__typename).toBe('SignInSuccess')
  const session = verified.session!
  expect(session.user).toMatchObject({ email: 'Camille@Example.com', roles: ['CUSTOMER'] })
  expect(await users.whoIs(session.accessToken)).toMatchObject({
    userId: session.user.id,
    roles: ['CUSTOMER'],
    shopIds: [],
  })
  expect(users.published(userRegistered)).toHaveLength(1)
  expect((await users.signIn({ email: 'camille@EXAMPLE.com' })).__typename).toBe('SignInSuccess')
})

test('neither the token nor the address is in any event or in the database', async () => {
  await users.signUp({ email: 'quiet@example.com' })
  const token = await users.newestToken()
  expect(token).toMatch(/^[\w-]{43}$/)
  const told = JSON.stringify(users.published())
  expect(told).not.toContain(token)
  expect(told).not.toContain('quiet@example.com')
  const { rows } = await users.database.pool.query<{ all: string }>(
    `SELECT (SELECT string_agg(t::text, ' ') FROM one_time_tokens t)
         || (SELECT string_agg(n::text, ' ') FROM notifications n)
         || (SELECT string_agg(o::text, ' ') FROM outbox o) AS all`,
  )
  expect(rows[0]?.all).not.toContain(token)
})

test('a known address gets the same answer, and a letter that says so', async () => {
  await users.join('known@example.com')
  const before = users.published(userRegistered).length
  const answer = await users.signUp({ email: 'KNOWN@example.com', password: 'another password of mine' })
  expect(answer).toEqual({ __typename: 'SignUpSuccess', email: 'KNOWN@example.com' })
  const [letter] = await users.letters()
  expect(letter).toMatchObject({ to: 'known@example.com', subject: 'You already have an account' })
  expect(users.published(userRegistered)).toHaveLength(before)
  const withNew = await users.signIn({ email: 'known@example.com', password: 'another password of mine' })
  expect(withNew.__typename).toBe('InvalidCredentialsError')
})

test('before the address is confirmed a link installs the password of its own sign-up', async () => {
  await users.signUp({ email: 'mine@example.com', password: 'password of the owner' })
  const ownersLink = await users.newestToken()
  await users.signUp({ email: 'mine@example.com', password: 'password of a stranger' })
  expect(await users.newestToken()).not.toBe(ownersLink)
  const strangersLink = await users.newestToken()
  expect((await users.verifyEmail(ownersLink)).__typename).toBe('SignInSuccess')
  expect((await users.verifyEmail(strangersLink)).__typename).toBe('TokenInvalidError')
  const owner = await users.signIn({ email: 'mine@example.com', password: 'password of the owner' })
  expect(owner.__typename).toBe('SignInSuccess')
  const stranger = await users.signIn({ email: 'mine@example.com', password: 'password of a stranger' })
  expect(stranger.__typename).toBe('InvalidCredentialsError')
})

test('twenty sign-ups with one address at once make one account', async () => {
  const before = users.published(userRegistered).length
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => users.signUp({ email: 'race@example.com' })),
  )
  expect(new Set(answers.map((answer) => answer.__typename))).toEqual(new Set(['SignUpSuccess']))
  await users.settle()
  expect(users.published(userRegistered)).toHaveLength(before + 1)
})

test('an address is mailed three letters in ten minutes, whoever types it', async () => {
  for (let i = 0; i < 6; i++) await users.signUp({ email: 'bombed@example.com' })
  const letters = await users.letters()
  expect(letters.filter((letter) => letter.to === 'bombed@example.com')).toHaveLength(3)
})

test.each([
  ['no address', { email: 'camille' }, 'email'],
  ['two addresses', { email: 'a@example.com, b@example.com' }, 'email'],
  ['a header in the address', { email: 'a@example.com\r\nBcc: b@example.com' }, 'email'],
  ['an endless address', { email: `${'a'.repeat(64)}@${'b.'.repeat(120)}com` }, 'email'],
  ['a name of 101 characters', { email: 'a@example.com', givenName: '😀'.repeat(101) }, 'givenName'],
  ['a NUL in a name', { email: 'a@example.com', familyName: 'a\0b' }, 'familyName'],
  ['half a character in a name', { email: 'a@example.com', familyName: 'a\ud800b' }, 'familyName'],
  ['a language the house does not speak', { email: 'a@example.com', locale: 'tlh' }, 'locale'],
])('%s is refused by its field', async (_, input, field) => {
  expect(await users.signUp(input)).toMatchObject({ __typename: 'InvalidInputError', field })
})

test.each([
  ['seven characters', 'abcdefg'],
  ['129 characters', 'ab cd'.repeat(26)],
  ['a widely known one', 'Password123'],
  ['one character repeated', 'aaaaaaaaaaaa'],
  ['the address itself', 'weak@example.com'],
])('a password is refused that is %s', async (_, weak) => {
  const answer = await users.signUp({ email: 'weak@example.com', password: weak })
  expect(answer.__typename).toBe('WeakPasswordError')
})

test('any text that can be kept survives as a name', async () => {
  const document = `mutation ($input: ContinueAsGuestInput!) { outcome: continueAsGuest(input: $input) {
    __typename ... on InvalidInputError { field } ... on SignInSuccess { session { user { givenName } } } } }`
  for (const naughty of naughtyStrings) {
    const { data, errors } = await users.query<{ outcome: unknown }>(document, {
      input: { email: 'blns@example.com', givenName: naughty },
    })
    expect(errors).toBeUndefined()
    const isKeepable = !naughty.includes('\0') && naughty.isWellFormed() && [...naughty.trim()].length <= 100
    expect(data.outcome).toMatchObject(
      isKeepable
        ? { session: { user: { givenName: naughty.trim() === '' ? null : naughty.trim() } } }
        : { __typename: 'InvalidInputError', field: 'givenName' },
    )
  }
})

test('a link works once', async () => {
  await users.signUp({ email: 'twice@example.com' })
  const token = await users.newestToken()
  const both = await Promise.all([users.verifyEmail(token), users.verifyEmail(token)])
  expect(both.map((outcome) => outcome.__typename).sort()).toEqual(['SignInSuccess', 'TokenInvalidError'])
})

test.each(['', 'unknown', '\0', 'x'.repeat(10_000)])('an unknown link is invalid', async (token) => {
  expect((await users.verifyEmail(token)).__typename).toBe('TokenInvalidError')
})

test('the letter about a link is written once, also when the event comes twice', async () => {
  await users.signUp({ email: 'once@example.com' })
  await users.letters()
  const event = users.published(emailVerificationRequested).at(-1)!
  await users.parts.bus.publish(event)
  const letters = await users.letters()
  expect(letters.filter((letter) => letter.to === 'once@example.com')).toHaveLength(1)
})

// Last: it moves the clock.
test('a link ends after a day', async () => {
  await users.signUp({ email: 'late@example.com', password })
  const token = await users.newestToken()
  users.clock.advance(86_400_001)
  expect((await users.verifyEmail(token)).__typename).toBe('TokenInvalidError')
})

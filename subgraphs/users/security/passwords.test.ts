import { expect, test } from 'vitest'
import { createPasswords } from './passwords.ts'

test('a password matches its own hash only, however its accents are typed', async () => {
  const passwords = createPasswords()
  const hash = await passwords.hash('caf\u00e9 au lait')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await passwords.matches(hash, 'cafe\u0301 au lait')).toBe(true)
  expect(await passwords.matches(hash, 'cafe au lait')).toBe(false)
  expect(await passwords.matches(null, 'nobody has this password')).toBe(false)
})

test('a queue that is full refuses at once, and works again when it has emptied', async () => {
  const passwords = createPasswords()
  const answers = await Promise.allSettled(Array.from({ length: 120 }, () => passwords.hash('a password')))
  const refused = answers.filter((answer) => answer.status === 'rejected')
  expect(refused).toHaveLength(18)
  expect(refused[0]?.reason).toMatchObject({ code: 'UNAVAILABLE' })
  await expect(passwords.hash('a password')).resolves.toBeTruthy()
})

import { findAccount } from '../data/find-account.ts'
import { emailKey } from '../domain/email-address.ts'
import { openSession, type OpenSession } from './open-session.ts'
import { requestVerification } from './request-verification.ts'
import type { Services } from './services.ts'

export interface Credentials {
  email: string
  password: string
  device: string | null
  /** The client's network address. */
  ip: string | null
}

export type SignInOutcome =
  | { kind: 'SignedIn'; opened: OpenSession }
  | { kind: 'InvalidCredentialsError'; message: string }
  | { kind: 'EmailNotVerifiedError'; message: string }
  | { kind: 'TooManyAttemptsError'; message: string; retryAfterSeconds: number }

/** Longer than any password that was accepted, in code units. */
const longestPassword = 512

/** Three steps, because the password is checked between transactions. An unknown address takes the same way at the same cost. */
export async function signIn(services: Services, credentials: Credentials): Promise<SignInOutcome> {
  const { database, passwords, throttle, secretTokens, clock } = services
  const key = emailKey(credentials.email)
  const attempt = { account: key, address: credentials.ip }
  const retryAfterSeconds = await throttle.admit(attempt)
  if (retryAfterSeconds > 0) return tooMany(retryAfterSeconds)
  const account = isStorable(key) ? await findAccount(database.prisma, key) : null
  const isTypable = credentials.password.length <= longestPassword
  const passwordHash = account?.isActive && isTypable ? (account.credential?.passwordHash ?? null) : null
  const isRight = await passwords.matches(passwordHash, isTypable ? credentials.password : '')
  if (!account || passwordHash === null || !isRight) {
    await throttle.failed(attempt)
    return invalidCredentials()
  }
  await throttle.succeeded(attempt)
  if (account.emailVerifiedAt === null) {
    if (await throttle.admitLetter(key)) {
      await database.transact((tx) =>
        requestVerification(tx, { user: account, passwordHash, secretTokens, now: clock.now() }),
      )
    }
    return {
      kind: 'EmailNotVerifiedError',
      message: 'Follow the link we have just mailed you, and you are signed in.',
    }
  }
  return await database.transact(async (tx) => {
    // Between the look and now the password may have been changed or the account closed.
    const user = await tx.user.findFirst({
      where: { id: account.id, isActive: true, credential: { passwordHash } },
    })
    if (!user) return invalidCredentials()
    const { device } = credentials
    const opened = await openSession(tx, { user, device, secretTokens, now: clock.now() })
    return { kind: 'SignedIn', opened }
  })
}

/** What PostgreSQL refuses nobody has signed up with; and an index is not asked for a megabyte. */
function isStorable(key: string): boolean {
  return key.length <= 512 && !key.includes('\0') && key.isWellFormed()
}

function invalidCredentials(): SignInOutcome {
  return {
    kind: 'InvalidCredentialsError',
    message: 'Mail address and password do not belong together. Check both and try again.',
  }
}

function tooMany(retryAfterSeconds: number): SignInOutcome {
  return {
    kind: 'TooManyAttemptsError',
    message: `Too many tries. Wait ${String(retryAfterSeconds)} seconds and try again.`,
    retryAfterSeconds,
  }
}

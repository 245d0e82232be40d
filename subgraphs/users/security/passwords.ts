import { hash, verify } from '@node-rs/argon2'
import { unavailable } from '#platform/errors/errors.ts'
import { normalisePassword } from '../domain/judge-password.ts'

const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
/** One takes 8 ms of a core and 19 MB: two at a time leave the other requests room. */
const mostAtOnce = 2
/** At two in 8 ms the last of a full queue waits under half a second. */
const mostWaiting = 100

export interface Passwords {
  /** argon2id. Rejects with UNAVAILABLE when too many wait already, as `matches` does. */
  hash(password: string): Promise<string>
  /** Whether the password belongs to the hash. Without a hash it takes the same time and says no. */
  matches(passwordHash: string | null, password: string): Promise<boolean>
}

export function createPasswords(): Passwords {
  const waiting: (() => void)[] = []
  let running = 0
  let nobodys: Promise<string> | undefined

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= mostAtOnce) {
      if (waiting.length >= mostWaiting) {
        throw unavailable('Too many people are signing in right now. Try again in a moment.')
      }
      // Whoever ends hands its place on, so that `running` does not change.
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else {
      running += 1
    }
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }

  return {
    hash: (password) => inTurn(() => hash(normalisePassword(password), cost)),
    matches: (passwordHash, password) =>
      inTurn(async () => {
        nobodys ??= hash('nobody has this password', cost)
        const isRight = await verify(passwordHash ?? (await nobodys), normalisePassword(password))
        return passwordHash !== null && isRight
      }),
  }
}

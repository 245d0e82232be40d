import type { Clock } from '#platform/time/clock.ts'
import type { UsersDatabase } from '../data/users-database.ts'
import type { SignAccessToken } from '../security/access-tokens.ts'
import type { Passwords } from '../security/passwords.ts'
import type { SecretTokens } from '../security/secret-tokens.ts'
import type { Throttle } from '../security/throttle.ts'

/** What signing in is done with. A password is never hashed inside a transaction: it may have to wait for its turn. */
export interface Services {
  readonly database: UsersDatabase
  readonly passwords: Passwords
  readonly secretTokens: SecretTokens
  readonly signAccessToken: SignAccessToken
  readonly throttle: Throttle
  readonly clock: Clock
}

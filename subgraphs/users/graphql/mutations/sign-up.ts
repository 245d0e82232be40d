import { z } from 'zod'
import { parseInput } from '#platform/graphql/parse-input.ts'
import { emailKey } from '../../domain/email-address.ts'
import { judgePassword } from '../../domain/judge-password.ts'
import type { Services } from '../../usecases/services.ts'
import { signUp as signUpAccount } from '../../usecases/sign-up.ts'
import { personInput } from '../person-inputs.ts'

const signUpInput = z.object({ ...personInput, password: z.string() })

export function signUp(services: Services) {
  const { database, passwords, throttle, secretTokens, clock } = services
  return async (_: unknown, { input }: { input: { email: string } }) => {
    const parsed = parseInput(signUpInput, input)
    if (parsed.kind === 'InvalidInputError') return parsed
    const { password, ...person } = parsed.value
    const verdict = judgePassword(password, person.email)
    if (verdict.kind === 'WeakPasswordError') return verdict
    // Hashed and counted for every address, known or not: neither the answer nor its time tells.
    const [passwordHash, mayMail] = await Promise.all([
      passwords.hash(password),
      throttle.admitLetter(emailKey(person.email)),
    ])
    await database.transact((tx) =>
      signUpAccount(tx, { ...person, passwordHash }, { secretTokens, mayMail, now: clock.now() }),
    )
    return { kind: 'SignUpSuccess', email: input.email }
  }
}

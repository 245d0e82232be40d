import { z } from 'zod'
import { badInput } from '#platform/errors/errors.ts'
import { parseInput } from '#platform/graphql/parse-input.ts'
import { text } from '#platform/graphql/text-input.ts'
import type { Services } from '../../usecases/services.ts'
import { signIn as signInWith } from '../../usecases/sign-in.ts'
import type { Ctx } from '../loaders.ts'
import { toSignInSuccess } from '../sign-in-success.ts'

// An address that is none is simply nobody's: it is refused as a wrong one, not as a malformed one.
const signInInput = z.object({
  email: z.string(),
  password: z.string(),
  device: text({ max: 200, min: 0 })
    .nullish()
    .transform((device) => device || null),
})

export function signIn(services: Services) {
  return async (_: unknown, { input }: { input: unknown }, ctx: Ctx) => {
    const parsed = parseInput(signInInput, input)
    if (parsed.kind === 'InvalidInputError') throw badInput(parsed.message, { field: parsed.field })
    const outcome = await signInWith(services, { ...parsed.value, ip: ctx.ip })
    return outcome.kind === 'SignedIn' ? await toSignInSuccess(outcome.opened, services, ctx) : outcome
  }
}

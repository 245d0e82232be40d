import { z } from 'zod'
import { parseInput } from '#platform/graphql/parse-input.ts'
import { continueAsGuest as makeGuest } from '../../usecases/continue-as-guest.ts'
import type { Services } from '../../usecases/services.ts'
import type { Ctx } from '../loaders.ts'
import { personInput } from '../person-inputs.ts'
import { toSignInSuccess } from '../sign-in-success.ts'

const guestInput = z.object(personInput)

export function continueAsGuest(services: Services) {
  const { database, secretTokens, clock } = services
  return async (_: unknown, { input }: { input: unknown }, ctx: Ctx) => {
    const parsed = parseInput(guestInput, input)
    if (parsed.kind === 'InvalidInputError') return parsed
    const opened = await database.transact((tx) =>
      makeGuest(tx, parsed.value, { secretTokens, now: clock.now() }),
    )
    return await toSignInSuccess(opened, services, ctx)
  }
}

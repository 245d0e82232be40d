import { z } from 'zod'
import { type Refuse, transactOrRefuse } from '#platform/database/transact-or-refuse.ts'
import { parseInput } from '#platform/graphql/parse-input.ts'
import { text } from '#platform/graphql/text-input.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import { decideReturn } from '../../usecases/decide-return.ts'
import { returnNotFound, type ReturnRefusal } from '../../usecases/return-refusal.ts'
import type { Ctx, Services } from '../services.ts'

export function approveReturn(services: Services) {
  return (_: unknown, { id }: { id: string }, ctx: Ctx) =>
    decide(services, ctx, { id, isApproved: true, refusal: null })
}

const rejectReturnInput = z.object({ id: z.string(), reason: text({ max: 500 }) })

export function rejectReturn(services: Services) {
  return (_: unknown, { input }: { input: unknown }, ctx: Ctx) => {
    const parsed = parseInput(rejectReturnInput, input)
    if (parsed.kind === 'InvalidInputError') return parsed
    return decide(services, ctx, { id: parsed.value.id, isApproved: false, refusal: parsed.value.reason })
  }
}

async function decide(
  { database, clock }: Services,
  ctx: Ctx,
  { id, ...decision }: { id: string; isApproved: boolean; refusal: string | null },
) {
  if (!isUuid(id)) return returnNotFound
  const returnId = id.toLowerCase()
  const outcome = await transactOrRefuse(database, async (tx, refuse: Refuse<ReturnRefusal>) => {
    await decideReturn(tx, { returnId, ...decision }, refuse, clock.now())
    return { kind: 'Decided' as const }
  })
  if (outcome.kind !== 'Decided') return outcome
  const kind = decision.isApproved ? 'ApproveReturnSuccess' : 'RejectReturnSuccess'
  return { kind, return: await ctx.loaders.return.load(returnId) }
}

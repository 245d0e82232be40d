import { z } from 'zod'
import { type Refuse, transactOrRefuse } from '#platform/database/transact-or-refuse.ts'
import { parseInput } from '#platform/graphql/parse-input.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import { receiveReturn as receive } from '../../usecases/receive-return.ts'
import { returnNotFound, type ReturnRefusal } from '../../usecases/return-refusal.ts'
import { serialNumbers } from '../line-inputs.ts'
import type { Ctx, Services } from '../services.ts'

const receiveReturnInput = z.object({
  id: z.string(),
  isRestocked: z.boolean(),
  warehouseCode: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,40}$/, 'There is no warehouse of this code.')
    .nullish(),
  serials: serialNumbers.nullish(),
})

export function receiveReturn({ database, clock }: Services) {
  return async (_: unknown, { input }: { input: unknown }, ctx: Ctx) => {
    const parsed = parseInput(receiveReturnInput, input)
    if (parsed.kind === 'InvalidInputError') return parsed
    const { id, isRestocked, warehouseCode, serials } = parsed.value
    if (!isUuid(id)) return returnNotFound
    const returnId = id.toLowerCase()
    const outcome = await transactOrRefuse(database, async (tx, refuse: Refuse<ReturnRefusal>) => {
      const request = { returnId, isRestocked, warehouseCode: warehouseCode ?? null, serials: serials ?? [] }
      await receive(tx, request, refuse, clock.now())
      return { kind: 'Received' as const }
    })
    if (outcome.kind !== 'Received') return outcome
    return { kind: 'ReceiveReturnSuccess', return: await ctx.loaders.return.load(returnId) }
  }
}

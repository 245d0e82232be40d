import { z } from 'zod'
import { hasRole, isStaff } from '#platform/auth/identity.ts'
import { type Refuse, transactOrRefuse } from '#platform/database/transact-or-refuse.ts'
import { unauthenticated } from '#platform/errors/errors.ts'
import { parseInput } from '#platform/graphql/parse-input.ts'
import { text } from '#platform/graphql/text-input.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import { orderNotFound } from '../../usecases/cancel-order.ts'
import { requestReturn as request, type RequestReturnRefusal } from '../../usecases/request-return.ts'
import { idempotencyKey } from '../line-inputs.ts'
import type { Ctx, Services } from '../services.ts'

const requestReturnInput = z.object({
  orderId: z.string(),
  lines: z
    .array(
      z.object({
        lineId: z
          .string()
          .refine(isUuid, 'must be the id of a line')
          .transform((id) => id.toLowerCase()),
        quantity: z.int().min(1, 'must be 1 to 99').max(99, 'must be 1 to 99'),
      }),
    )
    .min(1, 'needs a line')
    .max(100, 'has more than 100 lines')
    .refine(
      (lines) => new Set(lines.map((line) => line.lineId)).size === lines.length,
      'names a line more than once',
    ),
  reason: z.enum(['CHANGED_MIND', 'WRONG_SIZE', 'DAMAGED', 'NOT_AS_DESCRIBED', 'OTHER']),
  note: z.preprocess(
    (value) => (typeof value === 'string' && value.trim() === '' ? null : (value ?? null)),
    text({ max: 1_000 }).nullable(),
  ),
  idempotencyKey,
})

export function requestReturn({ database, clock }: Services) {
  return async (_: unknown, { input }: { input: unknown }, ctx: Ctx) => {
    const { identity } = ctx
    if (!identity) throw unauthenticated()
    const parsed = parseInput(requestReturnInput, input)
    if (parsed.kind === 'InvalidInputError') return parsed
    const { orderId, ...asked } = parsed.value
    if (!isUuid(orderId)) return orderNotFound
    const outcome = await transactOrRefuse(database, async (tx, refuse: Refuse<RequestReturnRefusal>) => ({
      kind: 'Requested' as const,
      ...(await request(
        tx,
        {
          ...asked,
          orderId: orderId.toLowerCase(),
          requestedBy: {
            userId: identity.userId,
            actor: isStaff(identity) ? 'staff' : 'customer',
            mayBeLate: hasRole(identity, 'SUPPORT', 'ADMIN'),
          },
          mayAsk: (order) =>
            order.customerRef === identity.userId ||
            hasRole(identity, 'SUPPORT', 'CLERK', 'SHOP_MANAGER', 'ADMIN'),
        },
        refuse,
        clock.now(),
      )),
    }))
    if (outcome.kind !== 'Requested') return outcome
    return { kind: 'RequestReturnSuccess', return: await ctx.loaders.return.load(outcome.returnId) }
  }
}

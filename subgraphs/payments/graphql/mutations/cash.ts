import { z } from 'zod'
import type { Identity } from '#platform/auth/identity.ts'
import { transactOrRefuse } from '#platform/database/transact-or-refuse.ts'
import { forbidden } from '#platform/errors/errors.ts'
import type { Resolver } from '#platform/graphql/build-schema.ts'
import { invalidInput, parseInput } from '#platform/graphql/parse-input.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import { isCurrencyCode } from '#platform/money/currencies.ts'
import { closeCashSession, takeOpenCashSession } from '../../usecases/cash-sessions.ts'
import { recordCashMovement } from '../../usecases/record-cash-movement.ts'
import { amountInput, idInput, keyInput, reasonInput } from '../inputs.ts'
import { callerOf, type Ctx, type PaymentServices } from '../services.ts'

/** More cash than any drawer holds, in any currency; far below what a column can. */
const mostCashMinor = 10n ** 12n

const movementInput = z.object({
  registerId: idInput('till'),
  kind: z.enum(['DROP', 'PAYIN'], 'Say DROP or PAYIN.'),
  amount: amountInput,
  reason: reasonInput,
  idempotencyKey: keyInput,
})

/** What a till's drawer is asked for. */
export function createCashMutations(services: PaymentServices): Record<string, Resolver> {
  const { database, clock } = services
  return {
    startCashSession: async (
      _: unknown,
      { input }: { input: { registerId: string; currency: string; float: bigint } },
      { identity }: Ctx,
    ) => {
      const { registerId, currency, float } = input
      if (!isUuid(registerId)) return invalidInput('registerId', 'This is not a till.')
      if (!isCurrencyCode(currency)) return invalidInput('currency', 'Give an ISO 4217 code, such as EUR.')
      if (!isCash(float))
        return invalidInput('float', 'The float is 0 or more, and no more than a drawer holds.')
      const caller = callerOf(identity)
      await assertOwnTill(services, registerId, caller)
      const wanted = {
        registerId: registerId.toLowerCase(),
        clerkRef: caller.userId,
        currency,
        floatMinor: float,
      }
      const cashSession = await database.transact((tx) => takeOpenCashSession(tx, wanted, clock.now()))
      return { kind: 'CashSessionSuccess', cashSession }
    },
    closeCashSession: async (
      _: unknown,
      { input }: { input: { id: string; counted: bigint } },
      { identity, loaders }: Ctx,
    ) => {
      const { id, counted } = input
      if (!isCash(counted))
        return invalidInput('counted', 'What was counted is 0 or more, and no more than a drawer holds.')
      const open = isUuid(id) ? await loaders.cashSession.load(id.toLowerCase()) : null
      if (!open) return sessionNotOpen()
      await assertOwnTill(services, open.registerId, callerOf(identity))
      const cashSession = await database.transact((tx) =>
        closeCashSession(tx, { id, countedMinor: counted }, clock.now()),
      )
      return cashSession ? { kind: 'CashSessionSuccess', cashSession } : sessionNotOpen()
    },
    recordCashMovement: async (_: unknown, { input }: { input: unknown }, { identity }: Ctx) => {
      const parsed = parseInput(movementInput, input)
      if (parsed.kind !== 'Parsed') return parsed
      const { amount: amountMinor, ...rest } = parsed.value
      const caller = callerOf(identity)
      await assertOwnTill(services, rest.registerId, caller)
      const carried = { ...rest, amountMinor, clerkRef: caller.userId }
      const outcome = await transactOrRefuse(
        database,
        (tx, refuse: (refusal: { kind: 'NoDrawer' }) => never) =>
          recordCashMovement(tx, refuse, { carried, now: clock.now() }),
      )
      return outcome.kind === 'Recorded'
        ? { kind: 'CashSessionSuccess', cashSession: outcome.session }
        : sessionNotOpen()
    },
  }
}

/** Who works for some shops has no drawers of others. A till that never sold is not known yet, and anybody's. */
export async function assertOwnTill(
  { database }: PaymentServices,
  registerId: string,
  { shopIds }: Identity,
): Promise<void> {
  if (shopIds.length === 0) return
  const known = await database.prisma.knownRegister.findUnique({ where: { registerId } })
  if (known && !shopIds.includes(known.shopId)) throw forbidden('This till is not one of your shops’.')
}

export const sessionNotOpen = () => ({
  kind: 'CashSessionNotOpenError',
  message: 'This cash session is not open. Look up the till’s open one.',
})

const isCash = (amountMinor: bigint): boolean => amountMinor >= 0n && amountMinor <= mostCashMinor

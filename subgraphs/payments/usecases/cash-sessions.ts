import { cashSessionClosed, cashSessionOpened } from '#contracts/payments.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { emit } from '#platform/outbox/emit.ts'
import type { CashSession } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'

export interface NewCashSession {
  registerId: string
  clerkRef: string
  currency: string
  floatMinor: bigint
}

/** The till's open session, opened now if none is; its row is taken, so that it can't be closed meanwhile. */
export async function takeOpenCashSession(tx: Tx, wanted: NewCashSession, now: Date): Promise<CashSession> {
  const { registerId, clerkRef, currency, floatMinor } = wanted
  const id = uuidv7()
  const opened = await tx.$executeRaw`
    INSERT INTO cash_sessions (id, register_id, clerk_ref, currency, float_minor, opened_at)
    VALUES (${id}::uuid, ${registerId}::uuid, ${clerkRef}::uuid, ${currency}, ${floatMinor}, ${now})
    ON CONFLICT (register_id) WHERE closed_at IS NULL DO NOTHING`
  if (opened === 1) {
    await emit(tx, cashSessionOpened, {
      aggregateId: id,
      payload: { cashSessionId: id, registerId, clerkRef, currency, floatMinor: floatMinor.toString() },
    })
  }
  // Closed in the instant between: the next one is opened.
  return (await lockOpenCashSession(tx, registerId)) ?? (await takeOpenCashSession(tx, wanted, now))
}

/** The till's open session with its row taken; null when none is open. */
export async function lockOpenCashSession(tx: Tx, registerId: string): Promise<CashSession | null> {
  const [open] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM cash_sessions WHERE register_id = ${registerId}::uuid AND closed_at IS NULL FOR UPDATE`
  return open ? await tx.cashSession.findUnique({ where: { id: open.id } }) : null
}

/** Counts the drawer and closes its session. Null when no open session has this id. */
export async function closeCashSession(
  tx: Tx,
  { id, countedMinor }: { id: string; countedMinor: bigint },
  now: Date,
): Promise<CashSession | null> {
  const [open] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM cash_sessions WHERE id = ${id}::uuid AND closed_at IS NULL FOR UPDATE`
  if (!open) return null
  const session = await tx.cashSession.findUniqueOrThrow({ where: { id: open.id } })
  const moved = await tx.cashMovement.aggregate({ where: { sessionId: id }, _sum: { amountMinor: true } })
  const expectedMinor = session.floatMinor + (moved._sum.amountMinor ?? 0n)
  const closed = await tx.cashSession.update({
    where: { id },
    data: { closedAt: now, expectedMinor, countedMinor },
  })
  const { registerId, clerkRef, currency, floatMinor } = closed
  await emit(tx, cashSessionClosed, {
    aggregateId: id,
    payload: {
      cashSessionId: id,
      registerId,
      clerkRef,
      currency,
      floatMinor: floatMinor.toString(),
      expectedMinor: expectedMinor.toString(),
      countedMinor: countedMinor.toString(),
    },
  })
  return closed
}

import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { fingerprint, once } from '#platform/outbox/idempotency.ts'
import type { CashSession } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'
import { lockOpenCashSession } from './cash-sessions.ts'

export interface CashCarried {
  registerId: string
  kind: 'DROP' | 'PAYIN'
  /** How much was carried, above zero either way. */
  amountMinor: bigint
  reason: string
  clerkRef: string
  idempotencyKey: string
}

/** Notes cash that was fetched from an open drawer or brought to it, once per key. */
export async function recordCashMovement(
  tx: Tx,
  refuse: Refuse<{ kind: 'NoDrawer' }>,
  { carried, now }: { carried: CashCarried; now: Date },
): Promise<{ kind: 'Recorded'; session: CashSession }> {
  const { clerkRef, idempotencyKey, ...said } = carried
  const request = {
    scope: `recordCashMovement ${clerkRef}`,
    key: idempotencyKey,
    fingerprint: fingerprint(said),
  }
  const { registerId, kind, amountMinor, reason } = said
  const { result } = await once(tx, request, async () => {
    const session = await lockOpenCashSession(tx, registerId)
    if (!session) return refuse({ kind: 'NoDrawer' })
    await tx.cashMovement.create({
      data: {
        id: uuidv7(),
        sessionId: session.id,
        kind,
        amountMinor: kind === 'DROP' ? -amountMinor : amountMinor,
        reason,
        clerkRef,
        at: now,
      },
    })
    return { sessionId: session.id }
  })
  const session = await tx.cashSession.findUniqueOrThrow({ where: { id: result.sessionId } })
  return { kind: 'Recorded', session }
}

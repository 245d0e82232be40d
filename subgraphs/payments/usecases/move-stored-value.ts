import { uuidv7 } from '#platform/ids/uuid.ts'
import type {
  Refund,
  StoredValueAccount,
  StoredValueEntryKind,
  Transaction,
} from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'

interface Movement {
  accountId: string
  kind: StoredValueEntryKind
  amountMinor: bigint
  /** What it is booked for: the same reference is booked once. */
  reference: string
  actorRef?: string
  reason?: string
}

/** Writes an entry; the account's balance is changed beside it, in the same transaction. */
export async function bookStoredValue(tx: Tx, movement: Movement, now: Date): Promise<void> {
  await tx.storedValueEntry.create({ data: { id: uuidv7(), ...movement, at: now } })
}

/** Puts value onto an account. */
export async function addStoredValue(tx: Tx, movement: Movement, now: Date): Promise<StoredValueAccount> {
  await bookStoredValue(tx, movement, now)
  return await tx.storedValueAccount.update({
    where: { id: movement.accountId },
    data: { balanceMinor: { increment: movement.amountMinor } },
  })
}

/**
 * Takes what there is, at most `mostMinor`. One statement reads the balance under the row's lock and lowers it, so that any
 * number of buyers at once spend it once; a CHECK refuses what would still fall below zero. Returns what was taken.
 */
export async function takeStoredValue(tx: Tx, accountId: string, mostMinor: bigint): Promise<bigint> {
  const [taken] = await tx.$queryRaw<{ amount: bigint }[]>`
    WITH taken AS (
      SELECT id, least(balance_minor, ${mostMinor}::bigint) AS amount FROM stored_value_accounts
       WHERE id = ${accountId}::uuid AND balance_minor > 0 FOR UPDATE)
    UPDATE stored_value_accounts a SET balance_minor = a.balance_minor - taken.amount
      FROM taken WHERE a.id = taken.id
    RETURNING taken.amount`
  return taken?.amount ?? 0n
}

/** Puts what a payment had taken back where it came from, once per refund. */
export async function giveBackStoredValue(
  tx: Tx,
  { id, storedValueId }: Transaction,
  refund: Pick<Refund, 'id' | 'amountMinor' | 'reason'>,
  now: Date,
): Promise<void> {
  if (storedValueId === null) throw new Error(`Transaction ${id} was paid with no stored value`)
  const { id: reference, amountMinor, reason } = refund
  await addStoredValue(
    tx,
    { accountId: storedValueId, kind: 'GIVEN_BACK', amountMinor, reference, reason },
    now,
  )
}

import { createHash } from 'node:crypto'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { fingerprint, once } from '#platform/outbox/idempotency.ts'
import type { StoredValueAccount } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'
import { makeGiftCardCode, normalizeGiftCardCode } from '../domain/gift-card-code.ts'
import { addStoredValue } from './move-stored-value.ts'

interface Issue {
  currency: string
  amountMinor: bigint
  reason: string
  actorRef: string
  idempotencyKey: string
}

export interface IssuedGiftCard {
  giftCardId: string
  /** Only the first time: what is kept is its hash, and nobody can show it again. */
  code: string | null
}

/** Issues a gift card from unguessable bytes. A repetition issues nothing and tells the first one's id. */
export async function issueGiftCard(
  tx: Tx,
  issue: Issue,
  { random, now }: { random: Uint8Array; now: Date },
): Promise<IssuedGiftCard> {
  const { actorRef, idempotencyKey, ...asked } = issue
  const request = { scope: `issueGiftCard ${actorRef}`, key: idempotencyKey, fingerprint: fingerprint(asked) }
  const code = makeGiftCardCode(random)
  const { result, repeated } = await once(tx, request, async () => {
    const { currency, amountMinor, reason } = asked
    const kept = normalizeGiftCardCode(code) ?? code
    const { id } = await tx.storedValueAccount.create({
      data: {
        id: uuidv7(),
        kind: 'GIFT_CARD',
        currency,
        codeHash: hashOf(kept),
        codeEnd: kept.slice(-4),
        createdAt: now,
      },
    })
    const movement = { accountId: id, kind: 'ISSUED', amountMinor, reference: id, actorRef, reason } as const
    await addStoredValue(tx, movement, now)
    return { giftCardId: id }
  })
  return { giftCardId: result.giftCardId, code: repeated ? null : code }
}

/** Gives a shopper store credit, and tells how much there is then. */
export async function grantStoreCredit(
  tx: Tx,
  grant: Issue & { customerRef: string },
  now: Date,
): Promise<bigint> {
  const { actorRef, idempotencyKey, ...asked } = grant
  const request = {
    scope: `grantStoreCredit ${actorRef}`,
    key: idempotencyKey,
    fingerprint: fingerprint(asked),
  }
  const { customerRef, currency, amountMinor, reason } = asked
  const { result } = await once(tx, request, async () => {
    await tx.$executeRaw`
      INSERT INTO stored_value_accounts (id, kind, currency, customer_ref, created_at)
      VALUES (${uuidv7()}::uuid, 'STORE_CREDIT', ${currency}, ${customerRef}::uuid, ${now})
      ON CONFLICT (customer_ref, currency) DO NOTHING`
    const { id } = await tx.storedValueAccount.findUniqueOrThrow({
      where: { customerRef_currency: { customerRef, currency } },
    })
    const movement = {
      accountId: id,
      kind: 'ISSUED',
      amountMinor,
      reference: uuidv7(),
      actorRef,
      reason,
    } as const
    return (await addStoredValue(tx, movement, now)).balanceMinor.toString()
  })
  return BigInt(result)
}

/** The card of a code as a person types it; null for one that is none and one that nobody has. */
export async function findGiftCard(tx: Tx, typed: string): Promise<StoredValueAccount | null> {
  const code = normalizeGiftCardCode(typed)
  return code === null ? null : await tx.storedValueAccount.findUnique({ where: { codeHash: hashOf(code) } })
}

// A code has 75 random bits: a plain hash can't be searched, so it needs no secret that a rotation would lose.
const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex')

/** The shopper's store credit in the order's currency; null when there never was any. */
export async function findStoreCredit(
  tx: Tx,
  { customerRef, currency }: { customerRef: string; currency: string },
): Promise<StoredValueAccount | null> {
  return await tx.storedValueAccount.findUnique({
    where: { customerRef_currency: { customerRef, currency } },
  })
}

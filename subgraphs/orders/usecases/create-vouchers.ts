import { randomInt } from 'node:crypto'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { fingerprint, once } from '#platform/outbox/idempotency.ts'
import type { Tx } from '../data/tx.ts'
import { randomVoucherCode } from '../domain/voucher-code.ts'
import type { VoucherTerms } from './save-voucher.ts'

export interface CreateVouchersRequest extends VoucherTerms {
  count: number
  /** What every code begins with; empty for nothing. */
  prefix: string
  idempotencyKey: string
}

/** Makes a batch of codes in one statement. A repeated key is the same batch. */
export async function createVouchers(
  tx: Tx,
  { idempotencyKey, ...request }: CreateVouchersRequest,
  now: Date,
): Promise<{ batchId: string; count: number }> {
  const { result } = await once(
    tx,
    { scope: 'createVouchers', key: idempotencyKey, fingerprint: fingerprint(request) },
    async () => {
      const { count, prefix, startsAt, ...terms } = request
      const batchId = uuidv7()
      const codes = Array.from({ length: count }, () => randomVoucherCode(prefix, randomInt))
      // Two equal ones of 68 random bits are a bug, and the unique code tells of it.
      await tx.voucher.createMany({
        data: codes.map((code) => ({ id: uuidv7(), code, batchId, ...terms, startsAt: startsAt ?? now })),
      })
      return { batchId, count }
    },
  )
  return result
}

import type { Refuse } from '#platform/database/transact-or-refuse.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import type { Voucher } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'

export interface VoucherTerms {
  promotionId: string
  limit: number | null
  perCustomerLimit: number | null
  startsAt: Date | null
  endsAt: Date | null
}

export interface SaveVoucherRequest extends VoucherTerms {
  /** Normalized. */
  code: string
  isActive: boolean
}

export interface VoucherInUse {
  kind: 'VoucherInUseError'
  message: string
  used: number
}

/**
 * Makes a code or changes it. One that is in use keeps its promotion, and its limit does not fall below its uses: what was
 * promised with it holds. The row is locked, so that no order uses it meanwhile.
 */
export async function saveVoucher(
  tx: Tx,
  { code, startsAt, ...terms }: SaveVoucherRequest,
  refuse: Refuse<VoucherInUse>,
  now: Date,
): Promise<Voucher> {
  // The row first, then its lock: whoever saves the same new code at the same moment waits here.
  await tx.voucher.createMany({
    data: [{ id: uuidv7(), code, ...terms, startsAt: startsAt ?? now }],
    skipDuplicates: true,
  })
  await tx.$queryRaw`SELECT id FROM vouchers WHERE code = ${code} FOR UPDATE`
  const { used, promotionId } = await tx.voucher.findUniqueOrThrow({ where: { code } })
  if (used > 0 && promotionId !== terms.promotionId) {
    const message = 'This code was used already, so it stays with its promotion. Make another one.'
    refuse({ kind: 'VoucherInUseError', message, used })
  }
  if (terms.limit !== null && terms.limit < used) {
    const message = 'This code was used more often already. Withdraw it, or give it a higher limit.'
    refuse({ kind: 'VoucherInUseError', message, used })
  }
  return await tx.voucher.update({
    where: { code },
    data: { ...terms, ...(startsAt && { startsAt }) },
  })
}

import type { Voucher } from './generated/client.ts'
import type { Tx } from './tx.ts'

export interface VoucherFilter {
  promotionId: string | null
  batchId: string | null
  code: string | null
}

/** Codes, newest first, and one more than the limit when more follow. */
export async function findVoucherPage(
  tx: Pick<Tx, 'voucher'>,
  page: VoucherFilter & { limit: number; after: string | null },
): Promise<Voucher[]> {
  return await tx.voucher.findMany({
    where: {
      ...(page.promotionId !== null && { promotionId: page.promotionId }),
      ...(page.batchId !== null && { batchId: page.batchId }),
      ...(page.code !== null && { code: page.code }),
      ...(page.after !== null && { id: { lt: page.after } }),
    },
    orderBy: { id: 'desc' },
    take: page.limit + 1,
  })
}

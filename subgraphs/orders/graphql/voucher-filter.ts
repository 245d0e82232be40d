import { isUuid } from '#platform/ids/uuid.ts'
import type { VoucherFilter } from '../data/find-voucher-page.ts'
import { normalizeVoucherCode } from '../domain/voucher-code.ts'

export interface VoucherFilterArgs {
  promotionId?: string | null
  batchId?: string | null
  code?: string | null
}

/** What the arguments ask for; null when nothing could ever fit them. */
export function readVoucherFilter({ promotionId, batchId, code }: VoucherFilterArgs): VoucherFilter | null {
  const normalized = code == null ? null : normalizeVoucherCode(code)
  const isHopeless =
    (promotionId != null && !isUuid(promotionId)) ||
    (batchId != null && !isUuid(batchId)) ||
    (code != null && normalized === null)
  if (isHopeless) return null
  return { promotionId: promotionId ?? null, batchId: batchId ?? null, code: normalized }
}

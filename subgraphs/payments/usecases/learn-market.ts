import type { Tx } from '../data/tx.ts'

/** How orders of a market can be paid. */
export async function learnMarket(
  tx: Tx,
  { marketId, bankTransferDays }: { marketId: string; bankTransferDays: number | null },
): Promise<void> {
  await tx.paymentMarket.upsert({
    where: { marketId },
    create: { marketId, bankTransferDays },
    update: { bankTransferDays },
  })
}

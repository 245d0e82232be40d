import type { Tx } from '../data/tx.ts'

/** In which shop a till stands, as its sales say. */
export async function learnRegister(tx: Tx, registerId: string, shopId: string): Promise<void> {
  await tx.knownRegister.upsert({
    where: { registerId },
    create: { registerId, shopId },
    update: { shopId },
  })
}

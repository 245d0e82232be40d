import type { Tx } from './tx.ts'

/** The warehouse a boutique sells from: of several back rooms always the same one; null when it keeps no goods. */
export async function findShopRoom(tx: Pick<Tx, 'warehouse'>, shopId: string): Promise<string | null> {
  const room = await tx.warehouse.findFirst({
    where: { shopId },
    orderBy: [{ priority: 'asc' }, { id: 'asc' }],
  })
  return room?.id ?? null
}

/** The same where there must be one: throws when it keeps no goods. */
export async function getShopRoom(tx: Pick<Tx, 'warehouse'>, shopId: string): Promise<string> {
  const room = await findShopRoom(tx, shopId)
  if (room === null) throw new Error(`Shop ${shopId} has no room to sell from`)
  return room
}

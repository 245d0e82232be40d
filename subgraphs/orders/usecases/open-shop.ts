import type { Tx } from '../data/tx.ts'

/** A boutique with its tills. Opening an id that is there already brings name and tills up to date. */
export async function openShop(
  tx: Tx,
  shop: {
    id: string
    code: string
    name: string
    marketId: string
    /** ISO 3166 code of where it pays tax. */
    country: string
    /** IANA name, such as `Europe/Paris`. */
    timezone: string
    registers: readonly { id: string; code: string }[]
  },
): Promise<void> {
  const { registers, ...row } = shop
  await tx.shop.upsert({ where: { id: row.id }, create: row, update: row })
  for (const register of registers) {
    const data = { ...register, shopId: row.id }
    await tx.register.upsert({ where: { id: register.id }, create: data, update: data })
  }
}

import { data, type RouterContextProvider } from 'react-router'
import { execute } from '#app/graphql/execute.server.ts'
import { requireRole } from '#app/session/require-role.server.ts'
import { graphql } from '#generated/gql.ts'

const TillShops = graphql(`
  query TillShops {
    shops {
      id
      code
      name
      market {
        id
        currency
        pricesIncludeTax
      }
      registers {
        id
        code
      }
    }
  }
`)

export const tillRoles = ['CLERK', 'SHOP_MANAGER'] as const

/** The boutiques that the person may sell in, with their tills. */
export async function findShops(context: Readonly<RouterContextProvider>, request: Request) {
  const viewer = await requireRole(context, request, tillRoles)
  const { shops } = await execute(context, TillShops)
  return shops.filter((shop) => viewer.shopIds.length === 0 || viewer.shopIds.includes(shop.id))
}

/** A till by its code with its boutique; 404 when there is none that the person may use. */
export async function getRegister(context: Readonly<RouterContextProvider>, request: Request, code: string) {
  for (const shop of await findShops(context, request)) {
    const register = shop.registers.find((one) => one.code === code)
    if (register !== undefined) return { register, shop }
  }
  throw data({ message: '' }, { status: 404 })
}

import { hasRole, type Identity } from '#platform/auth/identity.ts'
import { forbidden } from '#platform/errors/errors.ts'
import type { Warehouse } from '../data/generated/client.ts'
import type { Ctx } from './services.ts'

export const warehouseNotFound = {
  kind: 'WarehouseNotFoundError',
  message: 'There is no such warehouse.',
} as const

/**
 * Whether somebody may change the goods of a warehouse: merchandising those of all warehouses, a manager those of the own
 * boutiques, as far as the roles are not limited to some boutiques anyway.
 */
export function mayKeep(identity: Identity, warehouse: Pick<Warehouse, 'shopId'>): boolean {
  const { shopId } = warehouse
  if (identity.shopIds.length > 0) return shopId !== null && identity.shopIds.includes(shopId)
  return hasRole(identity, 'MERCHANDISER', 'ADMIN') || shopId !== null
}

/** A warehouse whose goods the caller may change; null when there is none. Throws FORBIDDEN for somebody else's. */
export async function findOwnWarehouse(
  id: string,
  identity: Identity,
  { loaders }: Ctx,
): Promise<Warehouse | null> {
  const warehouse = await loaders.warehouse.load(id)
  if (warehouse && !mayKeep(identity, warehouse))
    throw forbidden('The goods of this warehouse are not yours.')
  return warehouse
}

/** The same as a question, for what must not be told apart from a thing that is not there. */
export async function mayKeepById(id: string, identity: Identity, { loaders }: Ctx): Promise<boolean> {
  const warehouse = await loaders.warehouse.load(id)
  return warehouse !== null && mayKeep(identity, warehouse)
}

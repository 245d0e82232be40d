import { badInput, unauthenticated } from '#platform/errors/errors.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import { startRetelling } from '../../usecases/start-retelling.ts'
import type { Context } from '../context.ts'
import type { Services } from '../services.ts'

export function retellCatalog({ database }: Services) {
  return async (
    _: unknown,
    { idempotencyKey }: { idempotencyKey: string },
    { identity, loaders }: Context,
  ) => {
    if (!identity) throw unauthenticated()
    if (!isUuid(idempotencyKey)) throw badInput('It must be a UUID.', { argument: 'idempotencyKey' })
    const request = { idempotencyKey: idempotencyKey.toLowerCase(), requestedBy: identity.userId }
    const { retellingId } = await database.transact((tx) => startRetelling(tx, request))
    return loaders.retelling.load(retellingId)
  }
}

import { importStarted } from '#contracts/catalog.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { emit } from '#platform/outbox/emit.ts'
import { fingerprint, once } from '#platform/outbox/idempotency.ts'
import type { Tx } from '../data/catalog-database.ts'

export interface StartImport {
  uploadId: string
  fileName: string
  marketId: string
  idempotencyKey: string
  requestedBy: string
}

export type StartImportOutcome =
  | { kind: 'StartProductImportSuccess'; importJobId: string }
  | { kind: 'UploadNotFoundError'; message: string }
  | { kind: 'InvalidInputError'; message: string; field: string }

/**
 * Queues the import of an uploaded file. The same key of the same person gives the same job; a refusal is not kept, so
 * that the key is good for another try.
 */
export async function startImport(tx: Tx, request: StartImport): Promise<StartImportOutcome> {
  const { uploadId, fileName, marketId, requestedBy } = request
  const upload = await tx.upload.findUnique({ where: { id: uploadId } })
  if (upload?.uploadedBy !== requestedBy) {
    return { kind: 'UploadNotFoundError', message: 'This upload is unknown. Upload the file again.' }
  }
  const market = await tx.market.findUnique({ where: { id: marketId } })
  if (!market) return { kind: 'InvalidInputError', message: 'There is no such market.', field: 'market' }
  const { result } = await once(
    tx,
    {
      scope: `startProductImport:${requestedBy}`,
      key: request.idempotencyKey,
      fingerprint: fingerprint({ uploadId, fileName, marketId }),
    },
    async () => {
      const id = uuidv7()
      await tx.importJob.create({ data: { id, uploadId, fileName, marketId, requestedBy, status: 'QUEUED' } })
      await emit(tx, importStarted, {
        aggregateId: id,
        market: marketId,
        payload: { importJobId: id, requestedBy, fileName, totalRows: null, processedRows: 0, failedRows: 0 },
      })
      return { importJobId: id }
    },
  )
  return { kind: 'StartProductImportSuccess', ...result }
}

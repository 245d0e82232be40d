import { z } from 'zod'
import { unauthenticated } from '#platform/errors/errors.ts'
import type { Resolvers } from '#platform/graphql/build-schema.ts'
import { parsePage, toConnection } from '#platform/graphql/connection.ts'
import { parseInput } from '#platform/graphql/parse-input.ts'
import { text } from '#platform/graphql/text-input.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import type { Clock } from '#platform/time/clock.ts'
import type { CatalogDatabase } from '../data/catalog-database.ts'
import type { ImportJob } from '../data/generated/client.ts'
import { cancelImport } from '../usecases/cancel-import.ts'
import { startImport } from '../usecases/start-import.ts'
import type { Context, PageArgs, Reference } from './context.ts'
import { bigintPart, datePart, idPart, intPart } from './cursor-parts.ts'

const startInput = z.object({
  uploadId: z.string(),
  fileName: text({ max: 255 }),
  market: text({ max: 32 }),
  idempotencyKey: z.uuid('must be a UUID'),
})

interface StartInput {
  input: { uploadId: string; fileName: string; market: string; idempotencyKey: string }
}

interface WithJob {
  importJobId: string
}

const loadJob = ({ importJobId }: WithJob, _: unknown, { loaders }: Context) =>
  loaders.importJob.load(importJobId)
const ofKind = { __resolveType: (outcome: { kind: string }) => outcome.kind }

export function createImportResolvers({
  database,
  clock,
}: {
  database: CatalogDatabase
  clock: Clock
}): Resolvers {
  const { prisma } = database
  return {
    Query: {
      importJobs: async (_: unknown, args: PageArgs) => {
        const { limit, after } = parsePage(args, { cursorParts: 2 })
        const behind = after && { createdAt: datePart(after[0]), id: idPart(after[1]) }
        const rows = await prisma.importJob.findMany({
          ...(behind && {
            where: {
              OR: [
                { createdAt: { lt: behind.createdAt } },
                { createdAt: behind.createdAt, id: { lt: behind.id } },
              ],
            },
          }),
          orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
          take: limit + 1,
        })
        return toConnection(rows, limit, (row) => [row.createdAt.toISOString(), row.id])
      },
      importJob: (_: unknown, { id }: Reference, { loaders }: Context) =>
        isUuid(id) ? loaders.importJob.load(id.toLowerCase()) : null,
    },
    Mutation: {
      startProductImport: async (_: unknown, { input }: StartInput, { identity }: Context) => {
        if (!identity) throw unauthenticated()
        const parsed = parseInput(startInput, input)
        if (parsed.kind === 'InvalidInputError') return parsed
        const { uploadId, market: marketId, ...rest } = parsed.value
        if (!isUuid(uploadId)) {
          return { kind: 'UploadNotFoundError', message: 'This upload is unknown. Upload the file again.' }
        }
        return database.transact((tx) =>
          startImport(tx, {
            ...rest,
            marketId,
            uploadId: uploadId.toLowerCase(),
            requestedBy: identity.userId,
          }),
        )
      },
      cancelImport: (_: unknown, { id }: Reference) =>
        isUuid(id)
          ? database.transact((tx) => cancelImport(tx, id.toLowerCase(), clock.now()))
          : { kind: 'ImportNotRunningError', message: 'There is no import of this id.' },
    },
    StartProductImportResult: ofKind,
    CancelImportResult: ofKind,
    StartProductImportSuccess: { importJob: loadJob },
    CancelImportSuccess: { importJob: loadJob },
    ImportJob: {
      __resolveReference: ({ id }: Reference, { loaders }: Context) =>
        isUuid(id) ? loaders.importJob.load(id.toLowerCase()) : null,
      errors: async (job: ImportJob, args: PageArgs, { loaders }: Context) => {
        const { limit, after } = parsePage(args, { cursorParts: 2 })
        const rows = await loaders.importErrors.load({
          jobId: job.id,
          limit,
          after: after && { row: intPart(after[0]), id: bigintPart(after[1]) },
        })
        const page = toConnection(rows, limit, (row) => [row.row, String(row.id)])
        return {
          nodes: page.nodes,
          pageInfo: page.pageInfo,
          totalCount: () => loaders.importErrorCount.load(job.id),
        }
      },
    },
  }
}

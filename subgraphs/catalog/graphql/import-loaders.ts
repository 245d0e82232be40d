import DataLoader from 'dataloader'
import { rowById } from '#platform/graphql/row-loaders.ts'
import type { ImportRowError, PrismaClient } from '../data/generated/client.ts'

/** A page of a job's errors in file order. */
export interface ImportErrorPage {
  jobId: string
  limit: number
  after: { row: number; id: string } | null
}

export function createImportLoaders(prisma: PrismaClient) {
  return {
    importJob: rowById((ids) => prisma.importJob.findMany({ where: { id: { in: ids } } })),
    /** One more than the limit when more follow. */
    importErrors: new DataLoader<ImportErrorPage, ImportRowError[], string>(
      async (pages) => {
        const rows = await prisma.$queryRaw<(ImportRowError & { page: number })[]>`
          SELECT asked.page::int AS page, problem.*
          FROM unnest(
            ${pages.map((page) => page.jobId)}::uuid[],
            ${pages.map((page) => page.limit + 1)}::int[],
            ${pages.map((page) => page.after?.row ?? -1)}::int[],
            ${pages.map((page) => page.after?.id ?? '0')}::bigint[]
          ) WITH ORDINALITY AS asked (job_id, most, line, id, page)
          CROSS JOIN LATERAL (
            SELECT id, job_id AS "jobId", "row", "column", severity, code, message
            FROM import_row_errors
            WHERE job_id = asked.job_id AND ("row", id) > (asked.line, asked.id)
            ORDER BY "row", id
            LIMIT asked.most
          ) problem
          ORDER BY asked.page, problem."row", problem.id`
        const groups = pages.map((): ImportRowError[] => [])
        for (const { page, ...row } of rows) groups[page - 1]?.push(row)
        return groups
      },
      { cacheKeyFn: JSON.stringify },
    ),
    importErrorCount: new DataLoader<string, number>(async (ids) => {
      const rows = await prisma.importRowError.groupBy({
        by: ['jobId'],
        where: { jobId: { in: [...ids] } },
        _count: true,
      })
      const counts = new Map(rows.map((row) => [row.jobId, row._count]))
      return ids.map((id) => counts.get(id) ?? 0)
    }),
  }
}

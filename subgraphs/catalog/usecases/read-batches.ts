import type { CsvRecord } from '../data/read-csv.ts'
import { type ImportRow, readHeader, toImportRow } from '../domain/import/columns.ts'
import { plain } from '../domain/import/read-cells.ts'
import { slugOfRow } from '../domain/import/read-product-rows.ts'
import { RowProblems } from '../domain/import/row-problem.ts'
import type { Batch } from './import-batch.ts'

export interface BatchLimits {
  products: number
  /** A batch ends with the product that reaches it. */
  rows: number
}

/** One transaction each: about a second of work, far below the time a transaction may take. */
export const batchLimits: BatchLimits = { products: 200, rows: 1_000 }

/** A product of more rows is a mistake in the handles; the rows beyond are refused. */
const mostRowsOfProduct = 1_000

/** The file behind its first `skip` data rows, as batches. Rows with one handle that follow each other stay together. */
export async function* readBatches(
  records: AsyncIterable<CsvRecord>,
  skip: number,
  limits: BatchLimits = batchLimits,
): AsyncGenerator<Batch> {
  let open = new OpenBatch()
  let columns: { toRow: (record: CsvRecord) => ImportRow; count: number } | null = null
  let rowsBehind = 0
  for await (const record of records) {
    if (!columns) {
      const result = readHeader(record.cells)
      if ('missing' in result) throw new Error('The header was not validated')
      const { header } = result
      columns = {
        toRow: ({ line, cells }) => toImportRow(header, line, cells),
        count: record.cells.length,
      }
      continue
    }
    if (rowsBehind >= skip) {
      const row = columns.toRow(record)
      const slug = slugOfRow(row)
      if (open.isFull(slug, limits)) {
        yield open.close(rowsBehind)
        open = new OpenBatch()
      }
      const isTooLong = record.cells.slice(columns.count).some((cell) => cell.trim() !== '')
      open.add(slug, row, { isTooLong, isBlank: record.cells.every((cell) => cell.trim() === '') })
    }
    rowsBehind += 1
  }
  if (rowsBehind > skip) yield open.close(rowsBehind)
}

class OpenBatch {
  readonly #products = new Map<string, ImportRow[]>()
  readonly #problems = new RowProblems()
  #current: string | null = null
  #rows = 0

  /** Whether a row of this slug belongs into the next batch. */
  isFull(slug: string, limits: BatchLimits): boolean {
    if (slug === this.#current) return false
    return this.#rows >= limits.rows || this.#products.size >= limits.products || this.#products.has(slug)
  }

  add(slug: string, row: ImportRow, found: { isTooLong: boolean; isBlank: boolean }): void {
    this.#rows += 1
    if (found.isBlank) return
    if (found.isTooLong) {
      const message =
        'More cells than the header has columns: a comma or quotation mark is amiss. The row was refused.'
      this.#problems.error(row.line, null, 'ROW_LENGTH', message)
      return
    }
    if (slug === '') {
      const message = 'There is no handle, so nobody knows which product is meant. The row was refused.'
      this.#problems.error(row.line, 'Handle', 'HANDLE_MISSING', message)
      return
    }
    this.#current = slug
    const rows = this.#products.get(slug)
    if (!rows) {
      this.#products.set(slug, [row])
      if (plain(row, 'Handle') !== slug) {
        this.#problems.warn(
          row.line,
          'Handle',
          'HANDLE_CHANGED',
          `As a part of an address it became ${slug}.`,
        )
      }
    } else if (rows.length < mostRowsOfProduct) {
      rows.push(row)
    } else {
      const message = `A product has at most ${String(mostRowsOfProduct)} rows. The row was refused.`
      this.#problems.error(row.line, 'Handle', 'TOO_MANY_ROWS', message)
    }
  }

  close(rowsBehind: number): Batch {
    return {
      products: [...this.#products].map(([slug, rows]) => ({ slug, rows })),
      problems: this.#problems.all,
      rowsBehind,
    }
  }
}

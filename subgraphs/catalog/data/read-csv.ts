import { Readable } from 'node:stream'
import { CsvError, type Info, parse } from 'csv-parse'
import { detectDelimiter, detectEncoding, type Encoding } from '../domain/import/encoding.ts'
import type { ImportDialect } from './json-columns.ts'

/** The file is broken from `line` on; its message is for the person who sent it. */
export class CsvBroken extends Error {
  readonly code: string
  readonly line: number

  constructor(code: string, line: number, message: string) {
    super(message)
    this.name = 'CsvBroken'
    this.code = code
    this.line = line
  }
}

export interface CsvRecord {
  /** The line it starts on; a quoted cell may go over several. */
  line: number
  cells: string[]
}

/** Longest row in characters. A description may be long; a row of megabytes is a file that is no CSV. */
const longestRow = 1_000_000

/** How the file is written, read from its beginning and, for UTF-8, proved to its end. */
export async function detectDialect(open: () => Promise<Readable>): Promise<ImportDialect> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let head = Buffer.alloc(0)
  let encoding: Encoding | null = null
  const body = await open()
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      if (head.length < 65_536) {
        head = Buffer.concat([head, chunk]).subarray(0, 65_536)
        encoding = detectEncoding(head)
        if (encoding !== null && encoding !== 'utf-8') break
      }
      decoder.decode(chunk, { stream: true })
    }
    if (encoding === null || encoding === 'utf-8') decoder.decode()
    encoding ??= 'utf-8'
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    // What is no UTF-8 comes from a spreadsheet of Western Windows: there every byte is some character.
    encoding = 'windows-1252'
  } finally {
    body.destroy()
  }
  return { encoding, delimiter: detectDelimiter(new TextDecoder(encoding).decode(head)) }
}

/** The file's rows, the header first, in constant memory. Throws {@link CsvBroken} where it stops being a CSV. */
export async function* readCsv(body: Readable, dialect: ImportDialect): AsyncGenerator<CsvRecord> {
  const parser = parse({
    delimiter: dialect.delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestRow,
    info: true,
  })
  const source = Readable.from(decode(body, dialect.encoding))
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  let lastLine = 0
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      // Counted back from where the row ends: empty lines may stand before it.
      const height = record.reduce((lines, cell) => lines + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0)
      lastLine = info.lines
      yield { line: info.lines - height, cells: record }
    }
  } catch (error) {
    if (error instanceof CsvError) throw toBroken(error, lastLine + 1)
    throw error
  } finally {
    source.destroy()
    body.destroy()
  }
}

async function* decode(body: Readable, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of body as AsyncIterable<Buffer>) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

function toBroken(error: CsvError, line: number): CsvBroken {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return new CsvBroken('QUOTE_NOT_CLOSED', line, 'A quotation mark opens here or below and never closes.')
    case 'CSV_MAX_RECORD_SIZE':
      return new CsvBroken('ROW_TOO_LONG', line, `A row has more than ${String(longestRow)} characters.`)
    case 'INVALID_OPENING_QUOTE':
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE':
      return new CsvBroken(
        'QUOTE_INVALID',
        line,
        'A quotation mark stands inside a cell. Double it, and put the whole cell in quotation marks.',
      )
    default:
      return new CsvBroken('NOT_A_CSV', line, 'This is not a CSV file.')
  }
}

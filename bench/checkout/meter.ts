// Loaded before the script of each measured process (`node --import`): tells what the process has used so far, whenever the
// bench asks over IPC. Counts statements where they leave the process, so BEGIN and COMMIT, the relay's own and those of
// consumers are in, whoever sends them and whether or not the server keeps statistics.
import pg from 'pg'
import { isListing } from './config.ts'
import type { Meter } from './meter-reading.ts'

const meter: Meter = { cpuMicros: 0, statements: 0, providerStatements: 0, texts: {} }

/** Statements of the transaction under way on a connection: the sandbox is the provider, and its work is not the house's. */
const open = new WeakMap<pg.Client, { count: number; isOfProvider: boolean }>()

function count(client: pg.Client, text: string): void {
  if (isListing) {
    const short = text.replace(/\s+/g, ' ').trim().slice(0, 110)
    meter.texts[short] = (meter.texts[short] ?? 0) + 1
  }
  const isOfProvider = text.includes('sandbox_')
  const verb = text.trimStart().slice(0, 8).toUpperCase()
  const transaction = open.get(client)
  if (verb.startsWith('BEGIN')) {
    open.set(client, { count: 1, isOfProvider: false })
  } else if (transaction && (verb.startsWith('COMMIT') || verb.startsWith('ROLLBACK'))) {
    open.delete(client)
    add(transaction.count + 1, transaction.isOfProvider)
  } else if (transaction) {
    transaction.count += 1
    transaction.isOfProvider ||= isOfProvider
  } else {
    add(1, isOfProvider)
  }
}

function add(statements: number, isOfProvider: boolean): void {
  if (isOfProvider) meter.providerStatements += statements
  else meter.statements += statements
}

const { query } = pg.Client.prototype
pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
  const [first] = args
  const text = typeof first === 'string' ? first : (first as { text?: string } | null)?.text
  if (text !== undefined) count(this, text)
  return Reflect.apply(query, this, args) as unknown
} as typeof query

process.on('message', (message) => {
  if (message !== 'read the meter') return
  const { user, system } = process.cpuUsage()
  process.send?.({ ...meter, cpuMicros: user + system })
})
// The bench's question must not keep a process alive that is told to end.
process.channel?.unref()

// What an order costs: `npm run bench:checkout`. The last line is one JSON object.
// `--quick`: rougher, 8 and 32 buyers only; `--list`: how often each statement was sent, per order.
import { parseArgs } from 'node:util'
import { createInvalidation } from '../../gateway/invalidation.ts'
import { createLogger } from '../../platform/log/logger.ts'
import { enter, findAllGoods, openDoor } from './buyer.ts'
import { hearConfirmations } from './hear-confirmations.ts'
import { measureIdle, type Phase, runCheckouts, runHolds, type Stage, steps } from './run-phase.ts'
import { settle } from './settle.ts'
import { processNames, startHouse } from './start-house.ts'

const { values: flags } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, list: { type: 'boolean', default: false } },
})
const pace = flags.quick
  ? { buyers: [8, 32], seconds: 4, warmUpSeconds: 4 }
  : { buyers: [1, 8, 32, 64], seconds: 8, warmUpSeconds: 10 }
const holdSeconds = 10
/** The figures of the last line are of so many buyers of many things. */
const shown = 32

const log = createLogger({ name: 'bench', level: 'error' })
const startedAt = performance.now()
const house = await startHouse({ holdSeconds, log })
const door = openDoor(house.url)
const confirmations = await hearConfirmations(house.prefix, log)
const queues = [...house.queues, createInvalidation(() => Promise.resolve()).name]
const stage: Stage = { house, door, confirmations, settle: () => settle(house, queues, holdSeconds * 1_000) }

const ms = (value: number) => value.toFixed(value < 10 ? 2 : 0)
const at = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN

function printPhases(phases: readonly Phase[]): void {
  const head = [
    'buyers',
    'orders/s',
    'Node ms',
    'PostgreSQL ms',
    'statements',
    ...steps.map((step) => `${step} p50/p99 ms`),
  ]
  console.log(`\n| ${head.join(' | ')} |\n|${head.map(() => '---').join('|')}|`)
  for (const { title, ordersPerSecond, times, cost } of phases) {
    const laps = steps.map((step) => `${ms(at(times[step], 0.5))} / ${ms(at(times[step], 0.99))}`)
    const postgresMs = cost.postgresMs === null ? 'unknown' : ms(cost.postgresMs)
    const statements = `${cost.statements.toFixed(1)} + ${cost.providerStatements.toFixed(1)} of the sandbox`
    console.log(
      `| ${[title, ms(ordersPerSecond), ms(cost.nodeMs), postgresMs, statements, ...laps].join(' | ')} |`,
    )
  }
}

function printProcesses({ title, cost }: Phase): void {
  console.log(
    `\nNode, ${title}, CPU ms per order: ${processNames.map((name) => `${name} ${ms(cost.nodeMsOf[name])}`).join(', ')}`,
  )
}

try {
  const guest = await enter(door)
  const goods = await findAllGoods(door, guest, 64)
  await settle(house, queues, 0)
  const idle = await measureIdle(house, 4)
  console.log(
    `PostgreSQL ${house.postgresVersion}; started after ${ms((performance.now() - startedAt) / 1_000)} s`,
  )
  console.log(
    `idle: Node ${ms(idle.nodeMs)} ms/s, PostgreSQL ${ms(idle.postgresMs ?? Number.NaN)} ms/s, ${ms(idle.statements + idle.providerStatements)} statements/s`,
  )
  await runCheckouts(stage, { title: 'warm-up', buyers: 16, seconds: pace.warmUpSeconds, goods, idle })
  const listed = flags.list ? await house.read() : null
  const phases: Phase[] = []
  const spread = (buyers: number) => ({ title: `${String(buyers)}, spread`, buyers, goods })
  const oneSku = (buyers: number) => ({
    title: `${String(buyers)}, one SKU`,
    buyers,
    goods: goods.slice(0, 1),
  })
  for (const phase of [...pace.buyers.map(spread), ...pace.buyers.map(oneSku)]) {
    phases.push(await runCheckouts(stage, { ...phase, seconds: pace.seconds, idle }))
  }
  if (listed)
    await listStatements(
      listed,
      phases.reduce((sum, { orders }) => sum + orders, 0),
    )
  const [first] = goods
  if (!first) throw new Error('There is nothing to buy')
  const held = await runHolds(stage, { buyers: 32, seconds: pace.seconds, goods: first })
  printPhases(phases)
  const measured = phases.find(({ title }) => title === spread(shown).title)
  if (!measured) throw new Error('Nothing was measured')
  printProcesses(measured)
  console.log(
    `Holds of one SKU: ${ms(held.holdsPerSecond)}/s; ${String(held.holds)} were held and have expired`,
  )
  await checkGoods(held.holds)
  console.log(
    JSON.stringify({
      nodeMsPerOrder: round(measured.cost.nodeMs),
      postgresMsPerOrder: measured.cost.postgresMs === null ? null : round(measured.cost.postgresMs),
      ordersPerSecond: round(measured.ordersPerSecond),
      holdsPerSecondOneSku: round(held.holdsPerSecond),
      checkoutP99Ms: round(at(measured.times.checkout, 0.99)),
    }),
  )
} finally {
  await door.close()
  await confirmations.stop()
  await house.stop()
}
process.exit()

function round(value: number): number {
  return Math.round(value * 100) / 100
}

/** What was paid for is committed, piece by piece; nothing else is; and nothing that must always hold is broken. */
async function checkGoods(holds: number): Promise<void> {
  const { rows } = await house.databases.orders.query<{
    paid: number
    ended: number
    committed: number
    held: number
  }>(
    `SELECT (SELECT count(*) FROM orders WHERE status = 'UNFULFILLED')::int AS paid,
            (SELECT count(*) FROM orders WHERE status IN ('EXPIRED', 'CANCELED'))::int AS ended,
            (SELECT sum(committed) FROM stock_levels)::int AS committed,
            (SELECT sum(reserved) FROM stock_levels)::int AS held`,
  )
  const [row] = rows
  const violations = await house.findViolations()
  if (row?.paid !== row?.committed || row?.held !== 0 || row.ended !== holds)
    violations.push(`orders and stock disagree: ${JSON.stringify({ ...row, holds })}`)
  if (violations.length > 0) throw new Error(violations.join('\n'))
}

async function listStatements(before: Awaited<ReturnType<typeof house.read>>, orders: number): Promise<void> {
  const after = await house.read()
  for (const name of processNames) {
    const lines = Object.entries(after[name].texts)
      .map(([text, count]) => [(count - (before[name].texts[text] ?? 0)) / orders, text] as const)
      .filter(([perOrder]) => perOrder >= 0.05)
      .sort(([a], [b]) => b - a)
    console.log(`\n${name}: ${ms(lines.reduce((sum, [perOrder]) => sum + perOrder, 0))}`)
    for (const [perOrder, text] of lines) console.log(`  ${perOrder.toFixed(2).padStart(6)}  ${text}`)
  }
}

import { setTimeout as wait } from 'node:timers/promises'
import { type Door, enter, type Goods, hold, pay, putInCart } from './buyer.ts'
import type { Confirmations } from './hear-confirmations.ts'
import { postgresMicros } from './postgres-usage.ts'
import { type House, type ProcessName, processNames } from './start-house.ts'

export const steps = ['addToCart', 'placeOrder', 'pay', 'confirmed', 'checkout'] as const
type Step = (typeof steps)[number]

export interface Phase {
  title: string
  orders: number
  ordersPerSecond: number
  /** Milliseconds, sorted. */
  times: Record<Step, number[]>
  cost: Cost
}

/** Of one order, until nothing of it is under way any more, less what the house uses when nobody asks. */
export interface Cost {
  nodeMs: number
  nodeMsOf: Record<ProcessName, number>
  postgresMs: number | null
  statements: number
  providerStatements: number
}

export interface Usage {
  at: number
  nodeMicros: Record<ProcessName, number>
  postgresMicros: number | null
  statements: number
  providerStatements: number
}

export async function readUsage(house: House): Promise<Usage> {
  const meters = await house.read()
  const all = Object.values(meters)
  return {
    at: performance.now(),
    nodeMicros: Object.fromEntries(
      processNames.map((name) => [name, meters[name].cpuMicros]),
    ) as Usage['nodeMicros'],
    postgresMicros: await postgresMicros(house.databases.orders),
    statements: all.reduce((sum, meter) => sum + meter.statements, 0),
    providerStatements: all.reduce((sum, meter) => sum + meter.providerStatements, 0),
  }
}

/** What was used between two readings, less `idle` for as long. */
export function costBetween(before: Usage, after: Usage, idle: Cost | null, orders: number): Cost {
  const seconds = (after.at - before.at) / 1_000
  const perOrder = (used: number, idlePerSecond: number) => (used - idlePerSecond * seconds) / orders
  const nodeMsOf = Object.fromEntries(
    processNames.map((name) => [
      name,
      perOrder((after.nodeMicros[name] - before.nodeMicros[name]) / 1_000, idle?.nodeMsOf[name] ?? 0),
    ]),
  ) as Cost['nodeMsOf']
  return {
    nodeMs: Object.values(nodeMsOf).reduce((sum, ms) => sum + ms, 0),
    nodeMsOf,
    postgresMs:
      before.postgresMicros === null || after.postgresMicros === null
        ? null
        : perOrder((after.postgresMicros - before.postgresMicros) / 1_000, idle?.postgresMs ?? 0),
    statements: perOrder(after.statements - before.statements, idle?.statements ?? 0),
    providerStatements: perOrder(
      after.providerStatements - before.providerStatements,
      idle?.providerStatements ?? 0,
    ),
  }
}

/** What the house uses in a second when nobody asks. */
export async function measureIdle(house: House, seconds: number): Promise<Cost> {
  const before = await readUsage(house)
  await wait(seconds * 1_000)
  return costBetween(before, await readUsage(house), null, seconds)
}

/** So many buyers order one thing after the other for so long; resolves when everything that follows has happened. */
export async function runCheckouts(
  { house, door, confirmations, settle }: Stage,
  options: { title: string; buyers: number; seconds: number; goods: readonly Goods[]; idle: Cost },
): Promise<Phase> {
  const tokens = await Promise.all(Array.from({ length: options.buyers }, () => enter(door)))
  await settle()
  const times: Phase['times'] = { addToCart: [], placeOrder: [], pay: [], confirmed: [], checkout: [] }
  const before = await readUsage(house)
  const until = before.at + options.seconds * 1_000
  let turn = 0

  async function checkout(token: string): Promise<void> {
    const goods = options.goods[turn++ % options.goods.length]
    if (!goods) throw new Error('There is nothing to buy')
    const startedAt = performance.now()
    let last = startedAt
    const lap = (step: Step) => {
      const now = performance.now()
      times[step].push(now - last)
      last = now
    }
    const cartId = await putInCart(door, token, goods)
    lap('addToCart')
    const { orderId, paymentTicket } = await hold(door, token, goods, cartId)
    const confirmed = confirmations.of(orderId)
    lap('placeOrder')
    await pay(door, token, paymentTicket)
    lap('pay')
    await confirmed
    lap('confirmed')
    times.checkout.push(last - startedAt)
  }

  await Promise.all(
    tokens.map(async (token) => {
      while (performance.now() < until) await checkout(token)
    }),
  )
  const seconds = (performance.now() - before.at) / 1_000
  await settle()
  const orders = times.checkout.length
  for (const step of steps) times[step].sort((a, b) => a - b)
  const cost = costBetween(before, await readUsage(house), options.idle, orders)
  return { title: options.title, orders, ordersPerSecond: orders / seconds, times, cost }
}

/** Orders of one thing by ever new people, unpaid; resolves when they have all expired. */
export async function runHolds(
  { house, door, settle }: Stage,
  options: { buyers: number; seconds: number; goods: Goods },
): Promise<{ holds: number; holdsPerSecond: number }> {
  const startedAt = performance.now()
  const until = startedAt + options.seconds * 1_000
  let holds = 0
  await Promise.all(
    Array.from({ length: options.buyers }, async () => {
      while (performance.now() < until) {
        await hold(door, await house.signIn(), options.goods)
        holds += 1
      }
    }),
  )
  const holdsPerSecond = holds / ((performance.now() - startedAt) / 1_000)
  await settle()
  return { holds, holdsPerSecond }
}

export interface Stage {
  house: House
  door: Door
  confirmations: Confirmations
  /** Resolves when nothing is on its way and every hold that was not paid has ended. */
  settle(): Promise<void>
}

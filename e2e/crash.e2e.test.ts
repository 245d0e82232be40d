import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inheritedEnvironment } from './config.ts'
import { asker, enterAsGuest, eventually, signIn } from './door.ts'
import { type HouseProcess, startHouseProcess } from './house-process.ts'
import { findVariant, learnTotal, pay, placed, readOrder } from './shopping.ts'

// The house in one process, ended as a power cut of that process would: what a shopper was told must still be true.

let house: HouseProcess

beforeAll(async () => {
  house = await startHouseProcess('house', { DEMO_PICTURES: 'none' })
})

afterAll(async () => {
  // 0 is only given to a house that ended what was under way within its five seconds.
  expect(await house.stop()).toBe(0)
})

test(
  'SIGKILL in the middle of many checkouts loses nothing after the next start',
  { timeout: 180_000 },
  async () => {
    const guest = await enterAsGuest(house.url)
    const variant = await findVariant(asker(house.url), 10)
    const keys = Array.from({ length: 10 }, () => randomUUID())
    const lines = [{ variantId: variant.id, quantity: 1 }]
    const told = new Map<string, string>()
    const expectedTotal = await learnTotal(guest.ask, lines)

    const checkout = async (key: string): Promise<void> => {
      const { order, paymentTicket } = await placed(guest.ask, lines, { idempotencyKey: key, expectedTotal })
      told.set(key, order.id)
      await pay(house.url, guest.ask, paymentTicket, '4242424242424242')
    }
    // The kill lands while some orders are placed, some are paid and some are on their way.
    const running = keys.map((key) =>
      checkout(key).then(
        () => 'paid' as const,
        () => 'cut off' as const,
      ),
    )
    expect(await running[0]).toBe('paid')
    await house.kill()
    await Promise.all(running)
    await house.start()

    // The same shopper, the same keys: every order is there once and can be paid to the end.
    const orders = new Set<string>()
    for (const key of keys) {
      const { order, paymentTicket } = await placed(guest.ask, lines, { idempotencyKey: key, expectedTotal })
      if (told.has(key)) expect(order.id).toBe(told.get(key))
      orders.add(order.id)
      await pay(house.url, guest.ask, paymentTicket, '4242424242424242').catch((error: unknown) => {
        // What was charged before the kill is paid: the order below must say so.
        expect(String(error)).toMatch(/AlreadyPaidError|TicketInvalidError/)
      })
    }
    expect(orders.size).toBe(keys.length)
    for (const id of orders) {
      await eventually(async () => {
        expect(await readOrder(guest.ask, id)).toMatchObject({ status: 'UNFULFILLED', chargeStatus: 'FULL' })
      })
    }
    const { me } = await guest.ask<{ me: { orders: { nodes: { id: string }[] } } }>(
      '{ me { orders(first: 100) { nodes { id } } } }',
    )
    expect(new Set(me.orders.nodes.map(({ id }) => id))).toEqual(orders)

    const support = await signIn(house.url, 'support@maison.example')
    await eventually(async () => {
      const { eventLog } = await support.ask<{ eventLog: { nodes: { aggregateId: string }[] } }>(
        `{ eventLog(first: 100, filter: { type: "order.confirmed" }) { nodes { aggregateId } } }`,
      )
      const confirmed = eventLog.nodes.map(({ aggregateId }) => aggregateId).filter((id) => orders.has(id))
      expect(confirmed.sort()).toEqual([...orders].sort())
    })
  },
)

/** Runs `npm start`'s script and resolves to what it said and how it ended. */
function runStart(env: Record<string, string>): Promise<{ said: string; code: number | null }> {
  return new Promise((done) => {
    const child = spawn('node', ['embedded/start.ts'], { env: { ...inheritedEnvironment, ...env } })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.once('exit', (code) => {
      done({ said, code })
    })
  })
}

test('a second house on the same port says so in one line and ends', async () => {
  const { port } = new URL(house.url)
  const { said, code } = await runStart({ PORT: port, DATA_FOLDER: `.maison/e2e-${port}` })
  expect(code).toBe(1)
  expect(said).toContain(`Port ${port} is taken`)
  expect(said).not.toMatch(/\bat .+\.ts:\d+/)
})

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
    const variant = await findVariant(asker(house.url), 10)
    const lines = [{ variantId: variant.id, quantity: 1 }]
    const expectedTotal = await learnTotal((await enterAsGuest(house.url)).ask, lines)
    // Ten shoppers: a new order of the same one would take the place of the unpaid order before.
    const shoppers = await Promise.all(
      Array.from({ length: 10 }, async () => ({ ...(await enterAsGuest(house.url)), key: randomUUID() })),
    )
    type Shopper = (typeof shoppers)[number]
    const told = new Map<string, string>()

    const order = ({ ask, key }: Shopper) => placed(ask, lines, { idempotencyKey: key, expectedTotal })
    const checkout = async (shopper: Shopper): Promise<void> => {
      const { order: mine, paymentTicket } = await order(shopper)
      told.set(shopper.key, mine.id)
      await pay(house.url, shopper.ask, paymentTicket, '4242424242424242')
    }
    // The kill lands while some orders are placed, some are paid and some are on their way.
    const running = shoppers.map((shopper) =>
      checkout(shopper).then(
        () => 'paid' as const,
        () => 'cut off' as const,
      ),
    )
    expect(await running[0]).toBe('paid')
    await house.kill()
    await Promise.all(running)
    await house.start()

    // The same shoppers, the same keys: every order is there once and can be paid to the end.
    const orders = new Set<string>()
    for (const shopper of shoppers) {
      const { order: mine, paymentTicket } = await order(shopper)
      if (told.has(shopper.key)) expect(mine.id).toBe(told.get(shopper.key))
      orders.add(mine.id)
      await pay(house.url, shopper.ask, paymentTicket, '4242424242424242').catch((error: unknown) => {
        // What was charged before the kill is paid: the order below must say so.
        expect(String(error)).toMatch(/AlreadyPaidError|TicketInvalidError/)
      })
      await eventually(async () => {
        const paid = { status: 'UNFULFILLED', chargeStatus: 'FULL' }
        expect(await readOrder(shopper.ask, mine.id)).toMatchObject(paid)
      })
      const { me } = await shopper.ask<{ me: { orders: { nodes: { id: string }[] } } }>(
        '{ me { orders(first: 100) { nodes { id } } } }',
      )
      expect(me.orders.nodes.map(({ id }) => id)).toEqual([mine.id])
    }
    expect(orders.size).toBe(shoppers.length)

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

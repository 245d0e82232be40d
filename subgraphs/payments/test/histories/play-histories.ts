// Many histories of orders and payments at once, on a real database, with everything going wrong that a provider, a wire
// and dying processes can do. What happens follows from the seed alone; how the database interleaves it does not.
import { z } from 'zod'
import { silentLogger } from '#platform/log/logger.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { fixedClock } from '#platform/time/clock.ts'
import type { PaymentsDatabase } from '../../data/tx.ts'
import { createSandboxProvider } from '../../providers/sandbox-provider.ts'
import { confirmIntent } from '../../sandbox/confirm-intent.ts'
import { settleLate } from '../../sandbox/settle-late.ts'
import { signSandboxWebhook } from '../../sandbox/sandbox-signature.ts'
import { payWithStoredValue } from '../../usecases/pay-with-stored-value.ts'
import { receiveWebhook } from '../../usecases/receive-webhook.ts'
import { startPayment } from '../../usecases/start-payment.ts'
import { findStoreCredit, grantStoreCredit } from '../../usecases/stored-value-accounts.ts'
import { workThrough } from '../../usecases/work-through.ts'
import { captureOrder } from '../../usecases/capture-payment.ts'
import { flakyDatabase, flakyProvider } from './flaky-parts.ts'
import { Crash, type Mischief, seededRandom, strikes } from './mischief.ts'
import { endPlayed, hearPayment, type PlayedOrder, type Reply } from './orders-world.ts'

const secret = 'a-secret-of-32-characters-or-more'
const rounds = 14
/** In these the poller alone must find what no webhook told; then the orders that are still unpaid end. */
const listeningRounds = 4
const quietRounds = 14
const atOnce = 6

const cards = [
  '4242424242424242',
  '4242424242424242',
  '4000000000000002',
  '4000000000005126',
  '4000000000004954',
  '4000000000008888',
  '4000000000007726',
  '4000000000000341',
]

const toldPayment = z.object({
  type: z.string(),
  payload: z.looseObject({
    orderId: z.string(),
    transactionId: z.string(),
    authorizedMinor: z.coerce.bigint(),
    chargedMinor: z.coerce.bigint(),
    refundedMinor: z.coerce.bigint(),
  }),
})
const ofMoney = new Set(['payment.authorized', 'payment.charged', 'payment.refunded', 'payment.canceled'])

interface Played {
  /** What orders thinks of each. */
  orders: PlayedOrder[]
  /** Charges that the poller had not found when everything was quiet. */
  unheard: string[]
  /** What went wrong how often. */
  counts: Record<string, number>
  now: Date
}

/** Plays `count` histories to their end. */
export async function playHistories(
  database: PaymentsDatabase,
  { seed, count }: { seed: number; count: number },
): Promise<Played> {
  const random = seededRandom(seed)
  const mischief: Mischief = { random, isOn: true, counts: {} }
  const clock = fixedClock(new Date())
  const world = { database, clock, delayMs: 3_000 }
  const sandbox = createSandboxProvider(world, secret)
  const provider = flakyProvider(sandbox, mischief)
  const flaky = flakyDatabase(database, mischief)
  const work = {
    database: flaky,
    clock,
    providers: new Map([[provider.name, provider]]),
    pollAfterMs: 20_000,
    captureMethod: 'automatic' as const,
  }
  const orders = Array.from({ length: count }, (_, index): PlayedOrder => ({
    orderId: uuidv7(),
    number: `H-${index}`,
    customerRef: uuidv7(),
    totalMinor: BigInt(1_000 + random.below(9_000)),
    state: 'UNCONFIRMED',
    hasGoods: true,
    told: 0,
    heard: 0,
    paid: new Map(),
  }))
  const byId = new Map(orders.map((order) => [order.orderId, order]))
  let onTheWay: string[] = []
  let toOrders: unknown[] = []
  let toPayments: Reply[] = []
  let lastWebhook = 0n
  let lastTold = 0n
  let unheard: string[] = []

  for (const order of orders) {
    if (random.chance(0.3)) await grant(order)
  }
  for (let round = 0; round < rounds + quietRounds; round++) {
    mischief.isOn = round < rounds
    if (round === rounds + listeningRounds) unheard = await findUnheard()
    if (mischief.isOn) await eachOf(orders, act)
    else if (round >= rounds + listeningRounds)
      await eachOf(orders, async (order) => await tell(endPlayed(order, random)))
    clock.advance(mischief.isOn ? random.below(15_000) : 10 * 60_000)
    await settleLate(world)
    await bringWebhooks()
    await survive(() => workThrough(work, silentLogger))
    await bringToOrders()
    await bringToPayments()
    await survive(() => workThrough(work, silentLogger))
  }
  return { orders, unheard, counts: mischief.counts, now: clock.now() }

  async function findUnheard(): Promise<string[]> {
    const rows = await database.prisma.$queryRaw<{ reference: string }[]>`
      SELECT c.reference FROM sandbox_charges c
       WHERE NOT EXISTS (SELECT FROM transaction_events e
                          WHERE e.type = 'CHARGE_SUCCESS' AND e.psp_reference = c.reference)`
    return rows.map(({ reference }) => reference)
  }

  async function grant({ customerRef, number, totalMinor }: PlayedOrder): Promise<void> {
    const reason = 'Play.'
    const wanted = {
      customerRef,
      currency: 'EUR',
      amountMinor: totalMinor / 2n,
      reason,
      actorRef: customerRef,
    }
    await database.transact((tx) => grantStoreCredit(tx, { ...wanted, idempotencyKey: number }, clock.now()))
  }

  async function act(order: PlayedOrder): Promise<void> {
    const ticket = {
      orderId: order.orderId,
      orderNumber: order.number,
      customerRef: order.customerRef,
      currency: 'EUR',
      amountMinor: order.totalMinor,
      expiresAt: new Date(clock.now().getTime() + 900_000),
    }
    switch (random.below(9)) {
      case 0:
      case 1:
      case 2:
      case 3: {
        await survive(async () => {
          const captureMethod = random.chance(0.3) ? ('manual' as const) : ('automatic' as const)
          await startPayment({ ...work, captureMethod, provider }, { ticket, returnPath: '/' })
        })
        return
      }
      case 4:
      case 5: {
        await giveCard(order)
        return
      }
      case 6: {
        await survive(async () => {
          const account = await findStoreCredit(database.prisma, ticket)
          if (account) await payWithStoredValue(work, { ticket, account, mostMinor: null })
        })
        return
      }
      case 7:
        // Goods leave: what is held for a confirmed order is taken.
        if (order.state === 'CONFIRMED') {
          await tell([(tx, now) => captureOrder(tx, order.orderId, now)])
        }
        return
      default:
        if (random.chance(0.35)) await tell(endPlayed(order, random))
    }
  }

  /** The shopper gives any card, to any attempt they ever saw: old tabs stay open. */
  async function giveCard({ orderId }: PlayedOrder): Promise<void> {
    const seen = await database.prisma.transaction.findMany({ where: { orderId, kind: 'ONLINE' } })
    const attempt = random.pick(seen)
    if (!attempt?.pspReference || !attempt.clientSecret) return
    await confirmIntent(world, attempt.pspReference, {
      clientSecret: attempt.clientSecret,
      cardNumber: random.pick(cards) ?? '',
      expiry: '12/99',
      cvc: '123',
    })
  }

  async function bringWebhooks(): Promise<void> {
    const sent = await database.prisma.sandboxWebhook.findMany({
      where: { id: { gt: lastWebhook }, dueAt: { not: null } },
      orderBy: { id: 'asc' },
    })
    lastWebhook = sent.at(-1)?.id ?? lastWebhook
    const arriving = [...onTheWay, ...sent.map(({ body }) => body)].filter(
      () => !strikes(mischief, 'webhook lost', 0.2),
    )
    onTheWay = arriving.filter(() => strikes(mischief, 'webhook late', 0.3))
    const late = new Set(onTheWay)
    const now = arriving.filter((body) => !late.has(body))
    const repeated = now.filter(() => strikes(mischief, 'webhook repeated', 0.2))
    await eachOf(random.shuffle([...now, ...repeated]), async (body) => {
      const rawBody = Buffer.from(body)
      const signature = signSandboxWebhook(secret, rawBody, clock.now())
      await survive(() =>
        receiveWebhook(work, provider, { rawBody, headers: { 'sandbox-signature': signature } }),
      )
    })
  }

  /** The bus: loses nothing, but brings late and in any order. */
  async function bringToOrders(): Promise<void> {
    const rows = await database.prisma.outboxMessage.findMany({
      where: { id: { gt: lastTold } },
      orderBy: { id: 'asc' },
    })
    lastTold = rows.at(-1)?.id ?? lastTold
    const arriving = [...toOrders, ...rows.map(({ envelope }) => envelope)]
    toOrders = arriving.filter(() => strikes(mischief, 'event late', 0.2))
    const late = new Set(toOrders)
    for (const envelope of random.shuffle(arriving.filter((one) => !late.has(one)))) {
      const { type, payload } = toldPayment.parse(envelope)
      const order = byId.get(payload.orderId)
      if (order && ofMoney.has(type))
        toPayments.push(...hearPayment(order, { ...payload, isCanceled: type === 'payment.canceled' }))
    }
  }

  async function bringToPayments(): Promise<void> {
    const arriving = toPayments
    toPayments = arriving.filter(() => strikes(mischief, 'reply late', 0.2))
    const late = new Set(toPayments)
    await eachOf(random.shuffle(arriving.filter((reply) => !late.has(reply))), async (reply) => {
      try {
        await flaky.transact((tx) => reply(tx, clock.now()))
      } catch (error) {
        if (!(error instanceof Crash)) throw error
        // The bus has no acknowledgement: it brings it again.
        toPayments.push(reply)
      }
    })
  }

  async function tell(replies: Reply[]): Promise<void> {
    toPayments.push(...replies)
    await Promise.resolve()
  }
}

async function survive(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Crash)) throw error
  }
}

async function eachOf<T>(items: readonly T[], step: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of queue) await step(item)
    }),
  )
}

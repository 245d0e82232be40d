import { afterAll, beforeAll, expect, test } from 'vitest'
import { histories } from '#embedded/testing/config.ts'
import { createDatabase } from '#platform/database/database.ts'
import { silentLogger } from '#platform/log/logger.ts'
import { createTestDatabase, type TestDatabase } from '#platform/testing/test-database.ts'
import { PrismaClient } from '../data/generated/client.ts'
import type { PaymentsDatabase, Tx } from '../data/tx.ts'
import { checkInvariants } from '../usecases/check-invariants.ts'
import { playHistories } from './histories/play-histories.ts'

let storage: TestDatabase
let database: PaymentsDatabase

beforeAll(async () => {
  storage = await createTestDatabase('payments')
  database = createDatabase<PrismaClient, Tx>({ url: storage.url, PrismaClient, log: silentLogger })
})
afterAll(async () => {
  await database.close()
  await storage.drop()
})

interface Outcome {
  order_id: string
  kept: bigint
  cases: bigint
}

/** What the world outside and the accounts of the house have kept of each order's money, and the cases about it. */
async function readOutcomes(): Promise<Map<string, Outcome>> {
  const rows = await database.prisma.$queryRaw<Outcome[]>`
    SELECT t.order_id,
           sum(CASE t.kind WHEN 'STORE_CREDIT' THEN t.charged_minor - t.refunded_minor ELSE coalesce(c.taken, 0) - coalesce(r.given, 0) END)::bigint AS kept,
           (SELECT count(*) FROM payment_cases p WHERE p.order_id = t.order_id AND p.closed_at IS NULL) AS cases
      FROM transactions t
      LEFT JOIN LATERAL (SELECT sum(CASE WHEN i.status = 'requires_capture' THEN i.amount_minor ELSE s.amount_minor END) AS taken
                           FROM sandbox_intents i LEFT JOIN sandbox_charges s ON s.intent_reference = i.reference
                          WHERE i.transaction_id = t.id::text) c ON true
      LEFT JOIN LATERAL (SELECT sum(f.amount_minor) AS given FROM sandbox_refunds f
                           JOIN sandbox_intents i ON i.reference = f.intent_reference
                          WHERE i.transaction_id = t.id::text AND f.status = 'succeeded') r ON true
     GROUP BY t.order_id`
  return new Map(rows.map((row) => [row.order_id, row]))
}

// Shuffled, repeated, lost and late events, calls and answers that get lost, processes that die at every write.
test(
  'nobody is charged without a confirmed order, a refund or an open case, whatever goes wrong',
  { timeout: histories.timeoutMs },
  async () => {
    const { orders, unheard, counts, now } = await playHistories(database, histories)
    expect(unheard).toEqual([])
    const outcomes = await readOutcomes()
    const wrong = orders.filter(({ orderId, state, totalMinor }) => {
      const { kept, cases } = outcomes.get(orderId) ?? { kept: 0n, cases: 0n }
      const isRight = kept === (state === 'CONFIRMED' ? totalMinor : 0n)
      // A case for what has put itself right would keep people busy for nothing.
      return isRight ? cases > 0n : cases === 0n
    })
    expect(
      wrong.map(({ orderId, state, totalMinor }) => ({ state, totalMinor, ...outcomes.get(orderId) })),
    ).toEqual([])
    expect(await checkInvariants(database.prisma, now)).toEqual([])
    // A run in which nothing went wrong, or nobody paid, proves nothing.
    expect(Object.keys(counts)).toHaveLength(10)
    const confirmed = orders.filter(({ state }) => state === 'CONFIRMED').length
    expect(confirmed).toBeGreaterThan(histories.count / 10)
    expect(confirmed).toBeLessThan(histories.count)
  },
)

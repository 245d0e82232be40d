import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderConfirmed, orderPlaced, orderCanceled } from '#contracts/orders.ts'
import { userSignedIn } from '#contracts/users.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { executive, sampleOrder, support } from './sample-order.ts'
import { startAnalytics, type TestAnalytics } from './start-analytics.ts'

const logQuery = `query ($filter: EventLogFilter, $first: Int, $after: String) {
  eventLog(filter: $filter, first: $first, after: $after) {
    nodes { id type aggregateType aggregateId sequence occurredAt correlationId actor market payload }
    pageInfo { hasNextPage endCursor }
  }
}`

interface Entry {
  id: string
  type: string
  sequence: number
  actor: string
  payload: Record<string, unknown>
}
interface Log {
  eventLog: { nodes: Entry[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } }
}

let analytics: TestAnalytics
beforeAll(async () => {
  analytics = await startAnalytics()
})
afterAll(() => analytics.close())

async function log(variables: Record<string, unknown> = {}): Promise<Log['eventLog']> {
  const { data, errors } = await analytics.query<Log>(logQuery, variables, support)
  expect(errors).toBeUndefined()
  return data.eventLog
}

const signIn = () =>
  analytics.publish(userSignedIn, {
    aggregateId: uuidv7(),
    payload: { userId: uuidv7(), sessionId: uuidv7(), isGuest: false },
  })

test('every event is in the log once, with what was told', async () => {
  const order = sampleOrder({ number: 'Été 東京 🧵' })
  const event = await analytics.publish(orderConfirmed, {
    aggregateId: order.orderId,
    payload: order,
    market: 'FR',
  })
  await analytics.parts.bus.publish(event)
  const { nodes } = await log({ filter: { aggregateId: order.orderId } })
  expect(nodes).toEqual([
    {
      id: event.eventId,
      type: 'order.confirmed',
      aggregateType: 'order',
      aggregateId: order.orderId,
      sequence: 1,
      occurredAt: event.occurredAt,
      correlationId: event.correlationId,
      actor: 'system',
      market: 'FR',
      payload: order,
    },
  ])
})

test('who did it is told by kind and id', async () => {
  const event = await signIn()
  const id = uuidv7()
  await analytics.parts.bus.publish({
    ...event,
    eventId: uuidv7(),
    sequence: 2,
    actor: { type: 'staff', id },
  })
  const { nodes } = await log({ filter: { aggregateId: event.aggregateId } })
  expect(nodes.map(({ actor }) => actor).sort()).toEqual([`staff:${id}`, 'system'])
})

test('everything one request caused is found by its correlation, whatever it is about', async () => {
  const order = sampleOrder()
  const placed = await analytics.publish(orderPlaced, {
    aggregateId: order.orderId,
    payload: { ...order, expiresAt: new Date().toISOString(), cartId: null },
  })
  analytics.clock.advance(1_000)
  const other = await signIn()
  await analytics.parts.bus.publish({
    ...other,
    eventId: uuidv7(),
    sequence: 2,
    correlationId: placed.correlationId,
  })
  const { nodes } = await log({ filter: { correlationId: placed.correlationId } })
  expect(nodes.map(({ type }) => type)).toEqual(['user.signed-in', 'order.placed'])
})

test('pages go back in time without gap or repetition, also where many happened at once', async () => {
  const order = sampleOrder()
  const aggregateId = order.orderId
  const sent: string[] = []
  for (let i = 0; i < 7; i += 1) {
    if (i % 3 === 0) analytics.clock.advance(1)
    sent.push((await analytics.publish(orderCanceled, { aggregateId, payload: order })).eventId)
  }
  const late = await analytics.publish(orderPlaced, {
    aggregateId,
    payload: { ...order, expiresAt: new Date().toISOString(), cartId: null },
  })
  sent.push(late.eventId)
  const seen: string[] = []
  for (let after: string | null = null; ;) {
    const { nodes, pageInfo } = await log({ filter: { aggregateId }, first: 2, after })
    seen.push(...nodes.map(({ id }) => id))
    if (!pageInfo.hasNextPage) break
    after = pageInfo.endCursor
  }
  expect(seen).toEqual(sent.toReversed())
  const typed = await log({ filter: { aggregateId, type: 'order.placed' } })
  expect(typed.nodes.map(({ id }) => id)).toEqual([late.eventId])
})

test('an event is an entity: the gateway can ask for several by id, one that is unknown is null', async () => {
  const events = [await signIn(), await signIn()]
  const representations = [...events.map(({ eventId }) => eventId), uuidv7(), 'no uuid'].map((id) => ({
    __typename: 'EventLogEntry',
    id,
  }))
  const { data } = await analytics.query(
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on EventLogEntry { id type } } }',
    { r: representations },
    executive,
  )
  expect(data._entities).toEqual([
    { id: events[0]?.eventId, type: 'user.signed-in' },
    { id: events[1]?.eventId, type: 'user.signed-in' },
    null,
    null,
  ])
})

test('a payload that breaks the contract becomes a dead letter and leaves nothing half-written', async () => {
  const order = sampleOrder()
  const broken = { ...order, totalMinor: '12.5' }
  const event = await analytics.publish(orderConfirmed, { aggregateId: order.orderId, payload: broken })
  const letters = await analytics.parts.bus.deadLetters.list({ limit: 10, queue: 'analytics.event-log' })
  expect(letters.map(({ envelope }) => envelope.eventId)).toEqual([event.eventId])
  expect((await log({ filter: { aggregateId: order.orderId } })).nodes).toEqual([])
})

test.each([
  [{ first: 0 }, 'first'],
  [{ first: 101 }, 'first'],
  [{ after: 'nonsense' }, 'after'],
  [{ after: Buffer.from('["2026-13-45","x"]').toString('base64url') }, 'after'],
  [{ filter: { aggregateId: 'a\0b' } }, 'filter.aggregateId'],
])('%j is refused with the argument', async (variables, argument) => {
  const { errors } = await analytics.query(logQuery, variables, support)
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument })
})

test('the log is for support', async () => {
  const refused = await analytics.query(logQuery, {}, executive)
  expect(refused.errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
})

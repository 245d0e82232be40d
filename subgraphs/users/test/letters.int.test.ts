import { afterAll, beforeAll, expect, test } from 'vitest'
import { importCompleted, importFailed } from '#contracts/catalog.ts'
import { deliveryDelivered, orderConfirmed, orderExpired } from '#contracts/orders.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import type { Mailer } from '#platform/mail/mail.ts'
import type { UsersDatabase } from '../data/users-database.ts'
import { createLetterSender } from '../mail/letter-sender.ts'
import { createSecretTokens } from '../security/secret-tokens.ts'
import { startTestUsers, type TestUsers } from './start-test-users.ts'

let users: TestUsers
let failing: (() => Error) | null = null
let attempts: string[] = []

/** A mail server that can be away. */
function unreliable(mailer: Mailer): Mailer {
  return {
    ...mailer,
    send: async (message) => {
      attempts.push(message.messageId)
      if (failing) throw failing()
      await mailer.send(message)
    },
  }
}

beforeAll(async () => {
  users = await startTestUsers({ partsOf: (parts) => ({ ...parts, mailer: unreliable(parts.mailer) }) })
})
afterAll(async () => {
  await users.close()
})

const line = {
  lineId: uuidv7(),
  variantId: uuidv7(),
  productId: uuidv7(),
  sku: 'BAG-1',
  name: 'Sac <b>Lune</b>',
  category: 'bags',
  quantity: 2,
  unitPriceMinor: '125000',
  totalMinor: '250000',
  discountMinor: '0',
  taxMinor: '41667',
}

function orderOf(customerRef: string | null, more: Record<string, unknown> = {}) {
  return {
    orderId: uuidv7(),
    number: 'FR-100042',
    customerRef,
    marketId: 'FR',
    currency: 'EUR',
    channel: 'WEB' as const,
    shopId: null,
    locale: 'fr',
    subtotalMinor: '250000',
    shippingMinor: '0',
    taxMinor: '41667',
    discountMinor: '0',
    taxIncluded: true,
    totalMinor: '250000',
    placedAt: new Date().toISOString(),
    lines: [line],
    ...more,
  }
}

test('a confirmed order is told with its lines and total, in the language of the order', async () => {
  const { user } = await users.join('buyer@example.com')
  const order = orderOf(user.id)
  await users.publish(orderConfirmed, { aggregateId: order.orderId, payload: order })
  const [letter] = await users.letters()
  expect(letter).toMatchObject({ to: 'buyer@example.com', subject: 'Votre commande FR-100042', locale: 'fr' })
  expect(letter?.text.replaceAll(/\s/g, ' ')).toContain('2 500,00 €')
  expect(letter?.text).toContain('Sac <b>Lune</b> × 2')
  expect(letter?.html).toContain('Sac &lt;b&gt;Lune&lt;/b&gt;')
  expect(letter?.html).toContain('https://maison.test/account')
})

test('yen have no decimals in a Japanese letter', async () => {
  const { user } = await users.join('tokyo@example.com', { familyName: '田中', givenName: '愛子' })
  const order = orderOf(user.id, { locale: 'ja', currency: 'JPY', totalMinor: '250000', lines: [] })
  await users.publish(orderConfirmed, { aggregateId: order.orderId, payload: order })
  const [letter] = await users.letters()
  expect(letter?.text).toContain('田中 愛子 様')
  expect(letter?.text).toMatch(/[¥￥]250,000(?!\.)/)
})

test('a guest gets no link to an account; a nameless customer and an unknown one no letter', async () => {
  const guest = (await users.continueAsGuest({ email: 'guest@example.com' })).session!
  const before = (await users.letters()).length
  for (const customerRef of [guest.user.id, null, uuidv7()]) {
    const order = orderOf(customerRef)
    await users.publish(orderConfirmed, { aggregateId: order.orderId, payload: order })
  }
  const letters = await users.letters()
  expect(letters).toHaveLength(before + 1)
  expect(letters[0]?.html).not.toContain('/account')
})

test('expiry, delivery and imports are told', async () => {
  const { user } = await users.join('told@example.com')
  const order = orderOf(user.id, { locale: 'en' })
  await users.publish(orderExpired, { aggregateId: order.orderId, payload: order })
  const deliveryId = uuidv7()
  await users.publish(deliveryDelivered, {
    aggregateId: deliveryId,
    payload: {
      deliveryId,
      orderId: order.orderId,
      orderNumber: order.number,
      customerRef: user.id,
      courierRef: null,
      status: 'DELIVERED',
    },
  })
  const progress = { requestedBy: user.id, fileName: 'Fashion.csv', totalRows: 10, processedRows: 10 }
  const [first, second] = [uuidv7(), uuidv7()]
  await users.publish(importCompleted, {
    aggregateId: first,
    payload: { ...progress, importJobId: first, failedRows: 2, products: 3, variants: 8 },
  })
  await users.publish(importFailed, {
    aggregateId: second,
    payload: { ...progress, importJobId: second, failedRows: 0, reason: 'This is no CSV file.' },
  })
  const subjects = (await users.letters())
    .filter((letter) => letter.to === 'told@example.com')
    .map((letter) => letter.subject)
  expect(subjects.sort()).toEqual(
    [
      'Confirm your mail address',
      'Your import failed',
      'Your import is done, with errors',
      'Your order FR-100042 has arrived',
      'Your order FR-100042 has lapsed',
    ].sort(),
  )
})

test('a mail server that is away is tried again, with the same id, and the letter comes once', async () => {
  failing = () => new Error('connection refused')
  attempts = []
  await users.signUp({ email: 'patient@example.com' })
  await users.letters()
  await users.runJob('send-letters')
  expect(attempts).toHaveLength(1)
  users.clock.advance(11_000)
  await users.runJob('send-letters')
  expect(attempts).toHaveLength(2)
  failing = null
  users.clock.advance(60_000)
  const letters = await users.letters()
  expect(letters.filter((letter) => letter.to === 'patient@example.com')).toHaveLength(1)
  expect(new Set(attempts).size).toBe(1)
})

test('after eight tries a letter is given up, and says only what kind of error it was', async () => {
  failing = () => new Error('no such user lost@example.com')
  attempts = []
  await users.signUp({ email: 'lost@example.com' })
  await users.letters()
  for (let i = 0; i < 12; i++) {
    users.clock.advance(3_600_000)
    await users.runJob('send-letters')
  }
  failing = null
  expect(attempts).toHaveLength(8)
  const { rows } = await users.database.pool.query(
    `SELECT state, last_error FROM notifications WHERE state = 'FAILED'`,
  )
  expect(rows).toEqual([{ state: 'FAILED', last_error: 'Error' }])
})

test('processes that send at once send each letter once', async () => {
  failing = () => new Error('not yet')
  for (let i = 0; i < 25; i++) await users.signUp({ email: `twin${String(i)}@example.com` })
  await users.letters()
  users.clock.advance(60_000)
  failing = null
  attempts = []
  const senders = Array.from({ length: 8 }, () =>
    createLetterSender({
      ...users.parts,
      mailer: unreliable(users.parts.mailer),
      database: users.database as UsersDatabase,
      secretTokens: createSecretTokens('the-token-secret-of-a-test-0123456789'),
      publicUrl: 'https://maison.test',
    }),
  )
  await Promise.all(senders.map((sender) => sender.run()))
  expect(attempts).toHaveLength(25)
  expect(new Set(attempts).size).toBe(25)
})

test('no transaction is open while the mail server thinks', async () => {
  const thinking = Promise.withResolvers<undefined>()
  const asked = Promise.withResolvers<undefined>()
  const { mailer } = users.parts
  const send = mailer.send
  Object.assign(mailer, {
    send: async (message: Parameters<Mailer['send']>[0]) => {
      asked.resolve(undefined)
      await thinking.promise
      await send(message)
    },
  })
  await users.signUp({ email: 'slow@example.com' })
  await users.settle()
  const running = users.runJob('send-letters')
  await asked.promise
  const { rows } = await users.database.pool.query<{ count: number }>(
    `SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'`,
  )
  thinking.resolve(undefined)
  await running
  Object.assign(mailer, { send })
  expect(rows[0]?.count).toBe(0)
})

test('the mailbox page lists letters and shows one without running anything', async () => {
  await users.join('page@example.com')
  const list = await users.request('/dev/mailbox', { method: 'GET' })
  expect(list.status).toBe(200)
  expect(list.headers.get('content-security-policy')).toContain("default-src 'none'")
  const html = await list.text()
  expect(html).toContain('page@example.com')
  const path = /href="(\/dev\/mailbox\/[0-9a-f]{32})"/.exec(html)?.[1] ?? ''
  const letter = await (await users.request(path, { method: 'GET' })).text()
  expect(letter).toContain('sandbox=')
  expect(letter).toContain('https://maison.test/verify?token=')
  expect(letter).not.toContain('<script')
  expect((await users.request('/dev/mailbox/nothing', { method: 'GET' })).status).toBe(404)
  expect((await fetch(`${users.url}/dev/mailbox`)).status).toBe(401)
})

import { expect, test } from 'vitest'
import { runInContext } from '../context/request-context.ts'
import { createLogger, type Logger, silentLogger } from './logger.ts'

function recording(level = 'debug'): {
  log: Logger
  text: () => string
  last: () => Record<string, unknown>
} {
  const lines: string[] = []
  const log = createLogger({
    name: 'test',
    level,
    destination: { write: (line: string) => void lines.push(line) },
  })
  const last = (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown>
  return { log, text: () => lines.join(''), last }
}

test('a line is JSON with time, level, name, message and fields', () => {
  const { log, last } = recording()
  log.info({ orderId: 'o-1', minorUnits: 12n }, 'Order placed')
  expect(last()).toMatchObject({
    level: 'info',
    name: 'test',
    msg: 'Order placed',
    orderId: 'o-1',
    minorUnits: '12',
  })
  expect(last().time).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/)
})

test('the ids of the request are added by themselves', () => {
  const { log, last } = recording()
  runInContext({ requestId: 'r-1', correlationId: 'c-1' }, () => {
    log.info('Inside')
  })
  expect(last()).toMatchObject({ requestId: 'r-1', correlationId: 'c-1', msg: 'Inside' })
  log.info('Outside')
  expect(last()).not.toHaveProperty('requestId')
})

test('secrets and personal data are taken out by the name of the field, at any depth', () => {
  const { log, text } = recording()
  const secrets = {
    password: 's3cret-a',
    newPassword: 's3cret-b',
    refreshToken: 's3cret-c',
    cardNumber: 's3cret-d',
    cvc: 's3cret-e',
    email: 's3cret-f',
    client_secret: 's3cret-g',
    'x-api-key': 's3cret-h',
    phoneNumber: ['s3cret-i'],
  }
  log.info(
    { ...secrets, a: { b: [{ headers: { authorization: 's3cret-j', 'Set-Cookie': ['s3cret-k'] } }] } },
    'x',
  )
  log.child({ token: 's3cret-l' }).info('x')
  log.info({
    map: new Map([['k', { password: 's3cret-m' }]]),
    url: { toJSON: () => ({ secret: 's3cret-n' }) },
  })
  expect(text()).not.toContain('s3cret')
  expect(text()).toContain('[redacted]')
})

test('mail addresses, tokens, URL passwords and card numbers are taken out of any text', () => {
  const { log, text } = recording()
  const found = [
    'Key (email)=(ada.lovelace+x@mail.example.co.uk) already exists',
    'mail:ada@example.com,bob@example.com',
    'got eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIxIn0.c2ln back',
    'Authorization: Bearer s3cret.abc',
    'GET /verify?token=s3cret&next=/ 200',
    'postgres://maison:s3cret@db:5432/orders',
    'paid with 4242424242424242',
    'paid with 4242 4242 4242 4242 and 5555-5555-5555-4444, amex 378282246310005',
  ]
  for (const each of found) {
    log.info(each)
    log.info({ note: each, nested: [{ each }] })
    log.error({ err: new Error(each, { cause: new Error(each) }) })
    log.error(new Error(each))
  }
  for (const secret of ['ada', 'bob@', 'eyJ', 's3cret', '4242', '5555', '3782'])
    expect(text()).not.toContain(secret)
  expect(text()).toContain('/verify?token=[redacted]&next=/ 200')
})

test('ids, amounts and times are left alone', () => {
  const { log, last } = recording()
  const fields = {
    orderId: '01890a5d-ac96-774b-bcce-b302099a8057',
    minorUnits: '4242424242424241',
    at: '2026-11-20T10:00:00.000Z',
    atMs: 1795168800000,
    isEmailVerified: true,
    tokenType: 'at+jwt',
    price: '12.50',
  }
  log.info(fields, 'Done')
  expect(last()).toMatchObject(fields)
})

test('an error is spelled out with its cause and its own fields, and gives the message', () => {
  const { log, last } = recording()
  const error = Object.assign(new Error('the outer', { cause: new Error('the inner') }), {
    code: 'P2034',
    meta: { password: 's3cret' },
  })
  log.error({ err: error })
  expect(last()).toMatchObject({
    msg: 'the outer',
    err: { message: 'the outer: the inner', code: 'P2034', type: 'Error' },
  })
  expect(JSON.stringify(last())).toContain('logger.test.ts')
  expect(JSON.stringify(last())).not.toContain('s3cret')
})

test('what cannot be printed is cut, and never throws', () => {
  const { log, text } = recording()
  const loop: Record<string, unknown> = {}
  loop.self = loop
  const hostile = { get boom(): string { throw new Error('no') } } // prettier-ignore
  log.info({
    loop,
    long: 'x'.repeat(100_000),
    many: Array.from({ length: 10_000 }, () => 1),
    file: Buffer.alloc(9_999),
  })
  log.info({ hostile }, 'Hostile')
  log.info({ toJSON: () => { throw new Error('no') } }, 'Hostile too') // prettier-ignore
  expect(text().length).toBeLessThan(20_000)
  expect(text()).toContain('[9999 bytes]')
  expect(text()).toContain('Hostile too')
})

test('a long text without a mail address is searched in linear time', () => {
  const { log } = recording()
  const started = performance.now()
  log.info({ text: 'a'.repeat(8_000), same: `${'a.'.repeat(4_000)}@`, dashes: `a@${'b-'.repeat(4_000)}` })
  expect(performance.now() - started).toBeLessThan(200)
})

test('lines below the level are not written, and the silent logger says nothing', () => {
  const { log, text } = recording('warn')
  log.info('Not this')
  log.warn('This')
  silentLogger.fatal('Nor this')
  expect(text()).toContain('This')
  expect(text()).not.toContain('Not this')
})

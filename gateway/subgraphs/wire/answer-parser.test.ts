import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AnswerParser, type WireAnswer } from './answer-parser.ts'
import { BadAnswer } from './bad-answer.ts'
import { AnswerTooLong } from './growing-bytes.ts'

const maxBytes = 100_000

/** The answers to one request sent in these pieces, then the end of the connection. */
function read(pieces: readonly (string | Buffer)[], parser = new AnswerParser(maxBytes)): WireAnswer | null {
  parser.begin()
  for (const piece of pieces) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(piece)
    const answer = parser.take(bytes)
    // It may keep nothing of it: the next piece comes in the same memory.
    bytes.fill('#')
    if (answer) return answer
  }
  return parser.end()
}

function cut(whole: Buffer, places: readonly number[]): Buffer[] {
  const sorted = [0, ...places.map((place) => place % whole.length).sort((one, other) => one - other)]
  return sorted.map((from, nth) => whole.subarray(from, sorted[nth + 1] ?? whole.length))
}

const head = 'HTTP/1.1 200 OK\r\n'

const answers: [string, string, WireAnswer][] = [
  ['a length', `${head}Content-Length: 5\r\n\r\nhello`, { status: 200, text: 'hello', isLast: false }],
  [
    'many headers',
    `${head}Date: today\r\nX-Thing:\r\ncontent-length:\t5 \r\nConnection: keep-alive\r\n\r\nhello`,
    { status: 200, text: 'hello', isLast: false },
  ],
  [
    'the same length twice',
    `${head}content-length: 5\r\ncontent-length: 5\r\n\r\nhello`,
    { status: 200, text: 'hello', isLast: false },
  ],
  ['no reason', 'HTTP/1.1 500\r\ncontent-length: 0\r\n\r\n', { status: 500, text: '', isLast: false }],
  [
    'chunks',
    `${head}Transfer-Encoding: Chunked\r\n\r\n3\r\nhel\r\n2;a=b\r\nlo\r\n0\r\nX-Sum: 1\r\n\r\n`,
    { status: 200, text: 'hello', isLast: false },
  ],
  [
    'a length in letters',
    `${head}transfer-encoding: chunked\r\n\r\n00A\r\n0123456789\r\n0\r\n\r\n`,
    { status: 200, text: '0123456789', isLast: false },
  ],
  [
    '1xx before it',
    `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${head}content-length: 2\r\n\r\nok`,
    { status: 200, text: 'ok', isLast: false },
  ],
  ['204', 'HTTP/1.1 204 No Content\r\n\r\n', { status: 204, text: '', isLast: false }],
  ['304', 'HTTP/1.1 304 Not Modified\r\ncontent-length: 5\r\n\r\n', { status: 304, text: '', isLast: false }],
  ['the end', `${head}\r\nhello`, { status: 200, text: 'hello', isLast: true }],
  [
    'connection: close',
    `${head}connection: close\r\n\r\nhello`,
    { status: 200, text: 'hello', isLast: true },
  ],
  [
    'close among others',
    `${head}connection: foo, Close\r\ncontent-length: 2\r\n\r\nok`,
    { status: 200, text: 'ok', isLast: true },
  ],
  ['HTTP/1.0', 'HTTP/1.0 200 OK\r\n\r\nhello', { status: 200, text: 'hello', isLast: true }],
  [
    'HTTP/1.0 with a length',
    'HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nok',
    { status: 200, text: 'ok', isLast: true },
  ],
]

test.each(answers)('an answer with %s is read, in one piece and byte by byte', (_, text, answer) => {
  expect(read([text])).toEqual(answer)
  expect(
    read(
      cut(
        Buffer.from(text),
        Array.from({ length: text.length }, (_, at) => at),
      ),
    ),
  ).toEqual(answer)
})

const bad: [string, string][] = [
  ['a length and chunks', `${head}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\nhello`],
  ['chunks and a length', `${head}transfer-encoding: chunked\r\ncontent-length: 5\r\n\r\nhello`],
  ['two lengths', `${head}content-length: 5\r\ncontent-length: 6\r\n\r\nhello!`],
  ['two lengths in one', `${head}content-length: 5, 5\r\n\r\nhello`],
  ['a negative length', `${head}content-length: -5\r\n\r\nhello`],
  ['a length in another base', `${head}content-length: 0x5\r\n\r\nhello`],
  ['a fraction of a length', `${head}content-length: 5.0\r\n\r\nhello`],
  ['an empty length', `${head}content-length:\r\n\r\nhello`],
  ['another encoding', `${head}transfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n`],
  ['the encoding twice', `${head}transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['chunks in HTTP/1.0', 'HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['a blank behind a name', `${head}content-length : 5\r\n\r\nhello`],
  ['a continued line', `${head}x: y\r\n content-length: 5\r\n\r\nhello`],
  ['a line without a colon', `${head}content-length 5\r\n\r\nhello`],
  ['a header without a name', `${head}: 5\r\n\r\nhello`],
  ['a line that ends otherwise', `${head}x: y\ncontent-length: 5\r\n\r\nhello`],
  ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n'],
  ['HTTP/2', 'HTTP/2 200\r\ncontent-length: 0\r\n\r\n'],
  ['no status', 'HTTP/1.1 OK\r\ncontent-length: 0\r\n\r\n'],
  ['no HTTP', '220 mail.example ESMTP'],
  ['a chunk without a size', `${head}transfer-encoding: chunked\r\n\r\n\r\n0\r\n\r\n`],
  ['a negative chunk', `${head}transfer-encoding: chunked\r\n\r\n-1\r\n\r\n0\r\n\r\n`],
  ['a chunk longer than it says', `${head}transfer-encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n`],
  ['a chunk that ends otherwise', `${head}transfer-encoding: chunked\r\n\r\n2\nab\n0\n\n`],
  ['an extension that does', `${head}transfer-encoding: chunked\r\n\r\n2;a\nab\r\n0\r\n\r\n`],
  ['a huge chunk', `${head}transfer-encoding: chunked\r\n\r\n${'f'.repeat(8)}\r\n`],
  ['a head without end', `${head}${'x: y\r\n'.repeat(3_000)}`],
  ['a head too long', `${head}x: ${'y'.repeat(16_384)}\r\ncontent-length: 0\r\n\r\n`],
  ['1xx without end', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(1_000)],
  ['extensions without end', `${head}transfer-encoding: chunked\r\n\r\n1;${'x'.repeat(20_000)}`],
]

test.each(bad)('%s is no answer, in one piece or byte by byte', (_, text) => {
  expect(() => read([text])).toThrow(BadAnswer)
  const bytes = Buffer.from(text)
  expect(() => read(Array.from(bytes, (byte) => Buffer.of(byte)))).toThrow(BadAnswer)
})

test.each([
  ['a length', `${head}content-length: 100001\r\n\r\n`],
  ['the end', `${head}\r\n${'x'.repeat(100_001)}`],
  [
    'chunks',
    `${head}transfer-encoding: chunked\r\n\r\n${'8000\r\n'.concat('x'.repeat(0x8000), '\r\n').repeat(4)}`,
  ],
])('a body too long by %s is refused as soon as it is known', (_, text) => {
  const parser = new AnswerParser(maxBytes)
  expect(() => read([text], parser)).toThrow(AnswerTooLong)
  expect(parser.status).toBe(200)
})

test.each([
  ['a head', `${head}content-length: 5\r\n`],
  ['a length', `${head}content-length: 5\r\n\r\nhell`],
  ['chunks', `${head}transfer-encoding: chunked\r\n\r\n3\r\nhel\r\n0\r\n`],
])('an answer that breaks off in %s is none', (_, text) => {
  expect(read([text])).toBe(null)
})

test.each([
  ['a length', `${head}content-length: 2\r\n\r\nok!`],
  ['no body', `HTTP/1.1 204 No Content\r\n\r\n!`],
  ['chunks', `${head}transfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n!`],
])('what comes behind an answer with %s makes it the last, and does not change it', (_, text) => {
  expect(read([text])).toMatchObject({ isLast: true, text: text.includes('ok') ? 'ok' : '' })
})

test('how long an idle connection is kept is read', () => {
  const parser = new AnswerParser(maxBytes)
  expect(parser.idleMs).toBe(Infinity)
  read([`${head}keep-alive: timeout=5, max=100\r\ncontent-length: 0\r\n\r\n`], parser)
  expect(parser.idleMs).toBe(5_000)
})

const exchange = fc.record({
  text: fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.constant('é'.repeat(40_000)),
  ),
  status: fc.constantFrom(200, 400, 500, 503),
  interim: fc.integer({ min: 0, max: 2 }),
  chunk: fc.option(fc.integer({ min: 1, max: 70 })),
  noise: fc.array(fc.constantFrom('date: today\r\n', 'x-y: z\r\n', 'Keep-Alive: timeout=5\r\n', 'vary:\r\n')),
})

function print({
  text,
  status,
  interim,
  chunk,
  noise,
}: typeof exchange extends fc.Arbitrary<infer T> ? T : never) {
  const body = Buffer.from(text)
  const parts: (string | Buffer)[] = ['HTTP/1.1 100 Continue\r\n\r\n'.repeat(interim)]
  parts.push(`HTTP/1.1 ${String(status)} Some reason\r\n`, ...noise)
  if (chunk === null) {
    parts.push(`Content-Length: ${String(body.length)}\r\n\r\n`, body)
  } else {
    parts.push('transfer-encoding: chunked\r\n\r\n')
    for (let at = 0; at < body.length; at += chunk) {
      const piece = body.subarray(at, at + chunk)
      parts.push(`${piece.length.toString(16)}\r\n`, piece, '\r\n')
    }
    parts.push('0\r\n\r\n')
  }
  return Buffer.concat(parts.map((part) => Buffer.from(part)))
}

test('however it is cut, one connection gives each answer as it was sent', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(exchange, fc.array(fc.nat(), { maxLength: 20 })), { minLength: 1, maxLength: 4 }),
      (sent) => {
        const parser = new AnswerParser(maxBytes)
        for (const [answer, places] of sent) {
          const { status, text } = answer
          const expected = { status, text: Buffer.from(text).toString(), isLast: false }
          expect(read(cut(print(answer), places), parser)).toEqual(expected)
        }
      },
    ),
    { numRuns: 500 },
  )
})

test('garbage is never an answer', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 200 }), { maxLength: 20 }), (pieces) => {
      let answer: WireAnswer | null = null
      try {
        answer = read(pieces.map((piece) => Buffer.from(piece)))
      } catch (error) {
        expect(error).toBeInstanceOf(BadAnswer)
      }
      expect(answer).toBe(null)
    }),
  )
})

test('an answer with one byte changed is refused, cut short, or read within its bounds', () => {
  fc.assert(
    fc.property(exchange, fc.nat(), fc.integer({ min: 0, max: 255 }), (answer, place, byte) => {
      const bytes = print(answer)
      bytes[place % bytes.length] = byte
      try {
        const got = read([bytes])
        if (got) expect(Buffer.byteLength(got.text)).toBeLessThanOrEqual(3 * bytes.length)
      } catch (error) {
        expect(error instanceof BadAnswer || error instanceof AnswerTooLong).toBe(true)
      }
    }),
    { numRuns: 500 },
  )
})

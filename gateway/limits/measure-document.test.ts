import { buildSchema, type OperationDefinitionNode, parse } from 'graphql'
import { expect, test } from 'vitest'
import { checkVariables } from './check-variables.ts'
import { limits } from './limits.ts'
import { checkPageSizeVariables, measureDocument } from './measure-document.ts'
import { measureVariables } from './measure-variables.ts'

const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ')

const tooLarge = (limit: keyof typeof limits): unknown =>
  expect.objectContaining({
    status: 400,
    code: 'OPERATION_TOO_LARGE',
    extensions: { limit, max: limits[limit] },
  })
const invalid: unknown = expect.objectContaining({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' })

/** As large as may be, and one larger. */
const edges: { limit: keyof typeof limits; write: (size: number) => string; name: string }[] = [
  { limit: 'tokens', name: '', write: (n) => `{ ${times((n - 2) / 2, () => 'a(')} }` },
  { limit: 'operations', name: '', write: (n) => times(n, (i) => `query Q${String(i)} { a }`) },
  { limit: 'depth', name: '', write: (n) => `{ ${times(n - 1, () => 'a {')} b ${times(n - 1, () => '}')} }` },
  {
    limit: 'depth',
    name: 'in fragments',
    write: (n) =>
      `{ a { ...F0 } } ${times(n - 2, (i) => `fragment F${String(i)} on T { a { ...F${String(i + 1)} } }`)} fragment F${String(n - 2)} on T { a }`,
  },
  {
    limit: 'nesting',
    name: '',
    write: (n) => `{ ${times(n - 1, () => '... {')} b ${times(n - 1, () => '}')} }`,
  },
  {
    limit: 'nesting',
    name: 'in fragments',
    write: (n) =>
      `{ ...F1 } ${times(n - 2, (i) => `fragment F${String(i + 1)} on T { ...F${String(i + 2)} }`)} fragment F${String(n - 1)} on T { a }`,
  },
  { limit: 'fields', name: '', write: (n) => `{ a { ${times(n - 1, (i) => `b${String(i)}`)} } }` },
  { limit: 'aliases', name: '', write: (n) => `{ a { ${times(n, (i) => `b${String(i)}: __typename`)} } }` },
  {
    limit: 'rootFields',
    name: '',
    write: (n) => `{ ...F } fragment F on T { ${times(n, (i) => `a${String(i)}`)} }`,
  },
  { limit: 'rootMutations', name: '', write: (n) => `mutation { ${times(n, (i) => `a${String(i)}`)} }` },
  {
    limit: 'directives',
    name: '',
    write: (n) => `query @x { a ${times(n - 1, () => '@include(if: true)')} }`,
  },
  {
    limit: 'directives',
    name: 'on fragments and variables',
    write: (n) => `query ($a: Int @x) { ...F } fragment F on T @x { a ${times(n - 2, () => '@x')} }`,
  },
  { limit: 'variables', name: '', write: (n) => `query (${times(n, (i) => `$v${String(i)}: Int`)}) { a }` },
  { limit: 'nameLength', name: '', write: (n) => `{ ${'a'.repeat(n)} }` },
  { limit: 'nameLength', name: 'of an alias', write: (n) => `{ ${'a'.repeat(n)}: b }` },
  { limit: 'valueDepth', name: '', write: (n) => `{ a(b: ${'['.repeat(n)}${']'.repeat(n)}) }` },
  {
    limit: 'valueDepth',
    name: 'in a default',
    write: (n) => `query ($v: T = ${'{a:'.repeat(n)}1${'}'.repeat(n)}) { a }`,
  },
  {
    limit: 'valueDepth',
    name: 'of a type',
    write: (n) => `query ($v: ${'['.repeat(n)}Int${']'.repeat(n)}) { a }`,
  },
  { limit: 'pageSize', name: '', write: (n) => `{ a(first: ${String(n)}) }` },
  {
    limit: 'pageSize',
    name: 'by default',
    write: (n) => `query ($n: Int = ${String(n)}) { a { b @c(last: $n) } }`,
  },
]

test.each(edges.filter(({ limit }) => limit !== 'tokens'))(
  '$limit $name: the limit passes, one more is refused',
  ({ limit, write }) => {
    expect(measureDocument(write(limits[limit])).source).toBe(write(limits[limit]))
    expect(() => measureDocument(write(limits[limit] + 1))).toThrow(tooLarge(limit))
  },
)

test('a document of too many tokens is refused before it is parsed to its end', () => {
  expect(() => measureDocument(`{ ${'a '.repeat(2_100)} ¿`)).toThrow(tooLarge('tokens'))
})

test('what does not parse is left to those who say where the mistake is', () => {
  expect(measureDocument('{ a( }')).toEqual({ source: '{ a( }', operationName: null, pageSizeVariables: [] })
})

test('fragments that double and double again are refused at once', () => {
  const doubling = (last: string) =>
    `{ ...F0 } ${times(100, (i) => `fragment F${String(i)} on T { ...F${String(i + 1)} ...F${String(i + 1)} }`)} ${last}`
  expect(() => measureDocument(doubling('fragment F100 on T { a }'))).toThrow(tooLarge('nesting'))
  expect(() => measureDocument(doubling(''))).toThrow(invalid)
  const short = `{ ...F0 } ${times(30, (i) => `fragment F${String(i)} on T { ...F${String(i + 1)} ...F${String(i + 1)} }`)}`
  expect(() => measureDocument(short)).toThrow(invalid)
  expect(() => measureDocument(`${short} fragment F30 on T { a }`)).toThrow(tooLarge('rootFields'))
})

test('fragments that nobody spreads, or that spread themselves, never come to validation', () => {
  expect(() => measureDocument(`{ a } fragment F on T { ${'a '.repeat(1_900)} }`)).toThrow(invalid)
  expect(() => measureDocument('{ ...F } fragment F on T { a { ...G } } fragment G on T { ...F }')).toThrow(
    invalid,
  )
})

test('fields that validation would compare with each other are counted in pairs', () => {
  const repeated = (count: number) => `{ a { ${'b(c: 1) '.repeat(count)} } }`
  expect(measureDocument(repeated(55)).operationName).toBe(null)
  expect(() => measureDocument(repeated(56))).toThrow(tooLarge('pairs'))
  // The same spread over fragments, and over fields that become one.
  expect(() =>
    measureDocument(`{ ${'...F '.repeat(8)} } fragment F on T { a { ${'b '.repeat(7)} } }`),
  ).toThrow(tooLarge('pairs'))
  expect(
    measureDocument(`{ ${times(19, (i) => `a${String(i)} { ${'b '.repeat(10)} }`)} }`).operationName,
  ).toBe(null)
})

test('a page longer than the longest is refused in the variables too', () => {
  const document = measureDocument('query ($n: Int, $__proto__: Int) { a(first: $n) b(last: $__proto__) }')
  expect(() => {
    checkPageSizeVariables(document, { n: limits.pageSize })
  }).not.toThrow()
  expect(() => {
    checkPageSizeVariables(document, { n: limits.pageSize + 1 })
  }).toThrow(tooLarge('pageSize'))
})

test('variables deeper, or more, than anything served are refused', () => {
  const nested = (depth: number) => JSON.parse(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`) as unknown
  expect(() => {
    measureVariables(nested(limits.valueDepth))
  }).not.toThrow()
  expect(() => {
    measureVariables(nested(limits.valueDepth + 1))
  }).toThrow(tooLarge('valueDepth'))
  expect(() => {
    measureVariables(nested(49_000))
  }).toThrow(tooLarge('valueDepth'))
  expect(() => {
    measureVariables({ a: Array.from({ length: limits.variableValues }, () => 1) })
  }).toThrow(tooLarge('variableValues'))
  for (const nothing of [null, undefined, 'text', 5]) {
    expect(() => {
      measureVariables(nothing)
    }).not.toThrow()
  }
})

test('of thousands of faults in the variables a few are told', () => {
  const schema = buildSchema('type Query { a(input: In): Int } input In { text: String }')
  const document = parse('query ($in: In) { a(input: $in) }')
  const input = Object.fromEntries(Array.from({ length: 7_000 }, (_, index) => [`f${String(index)}`, index]))
  const errors = checkVariables(schema, document.definitions[0] as OperationDefinitionNode, { in: input })
  expect(errors.length).toBeGreaterThan(0)
  expect(errors.length).toBeLessThan(6)
})

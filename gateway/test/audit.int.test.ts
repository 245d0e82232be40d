// The GraphQL over HTTP specification, as its reference audit checks it, in production mode.
import { createHash } from 'node:crypto'
import { type AuditResult, auditServer } from 'graphql-http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freight, goods } from './bags.ts'
import { startTestGateway } from './test-gateway.ts'

/** What the audit sends and expects to be executed. Introspection is not served, and need not be: 200 is all it asks. */
const documents = [
  '{ __typename }',
  'query Query { __typename }',
  'query Type($name: String!) { __type(name: $name) { name } }',
  '{ __type(name: "Run🏃Swim🏊") { name } }',
  'query CoerceFailure($id: ID!){ __typename }',
]

let gateway: Awaited<ReturnType<typeof startTestGateway>>
let results: AuditResult[]
beforeAll(async () => {
  gateway = await startTestGateway({
    subgraphs: [goods, freight],
    env: { SAFELIST: 'on' },
    registeredDocuments: new Map(
      documents.map((text) => [createHash('sha256').update(text).digest('hex'), text]),
    ),
  })
  results = await auditServer({ url: `${gateway.url}/graphql` })
})
afterAll(() => gateway.close())

test('every audit of a MUST and of a SHOULD passes', () => {
  expect(results).toHaveLength(61)
  const failed = results.filter(({ status }) => status === 'error' || status === 'warn')
  expect(failed.map(({ id, name }) => `${id} ${name}`)).toEqual([])
})

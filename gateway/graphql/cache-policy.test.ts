import { readFileSync } from 'node:fs'
import { Supergraph } from '@apollo/federation-internals'
import { Kind, type OperationDefinitionNode, parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import { silentLogger } from '#platform/log/logger.ts'
import { openDocuments } from '../documents/documents.ts'
import { createCachePolicies, tagsOf } from './cache-policy.ts'

const supergraph = readFileSync(new URL('../supergraph.graphql', import.meta.url), 'utf8')
const schema = Supergraph.build(supergraph).apiSchema().toGraphQLJSSchema()
const policies = createCachePolicies(supergraph, schema, ['Collection', 'Product'])

function policyOf(source: string) {
  const document = parse(source)
  expect(validate(schema, document)).toEqual([])
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  )
  return operation ? policies(document, operation) : null
}

test('what is public is kept, for the shortest time among its parts', () => {
  expect(policyOf('{ product(slug: "x") { name collections { name } } }')).toEqual({
    maxAgeMs: 60_000,
    types: ['Product', 'Collection'],
    listTags: ['Collection[]'],
    lookups: ['Product'],
  })
  expect(
    policyOf('{ product(slug: "x") { name priceRange(market: "FR") { min { amount } } } }')?.maxAgeMs,
  ).toBe(5_000)
  expect(
    policyOf('{ product(slug: "x") { variants { availability(market: "FR") { inStock } } } }')?.maxAgeMs,
  ).toBe(5_000)
  expect(policyOf('{ products { nodes { name } pageInfo { hasNextPage } } }')?.listTags).toEqual([
    'Product[]',
  ])
})

test.each([
  '{ me { id } }',
  '{ me { id } markets { id } }',
  '{ markets { id } ... on Query { ...F } } fragment F on Query { me { id } }',
  '{ markets { id } order(id: "1") { id } }',
  '{ cart(id: "1") { id } }',
  '{ variantByCode(code: "1") { id product { name } } }',
  '{ shops { id } }',
  '{ product(slug: "x") { name } paymentProvider { name } }',
  'mutation { continueAsGuest(input: { email: "a@b.example", locale: "en" }) { __typename } }',
  '{ __typename }',
])('%s is private', (source) => {
  expect(policyOf(source)).toBeNull()
})

test('of what the web app sends, exactly the pages of the shelves are public', () => {
  const documents = openDocuments({ isSafelisted: true, log: silentLogger })
  const isPublic = [...documents.registered()].filter(({ source }) => policyOf(source) !== null)
  documents.close()
  expect(isPublic.map(({ operationName }) => operationName).sort()).toEqual([
    'CollectionPage',
    'Countries',
    'HomePage',
    'ProductPage',
    'SearchPage',
    'SearchSuggestions',
    'SitemapPage',
    'StoreLayout',
    'TillList',
    'TillVariants',
  ])
})

test('an answer with a price in it goes with every change of prices, whatever product it is of', () => {
  const priced = createCachePolicies(supergraph, schema, ['Product', 'Price', 'PriceRange'])
  const document = parse('{ product(slug: "x") { variants { price(market: "FR") { current { amount } } } } }')
  const [operation] = document.definitions
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('This is an operation')
  const policy = priced(document, operation)
  if (!policy) throw new Error('This is public')
  expect(tagsOf(policy, ['Product:1'])).toEqual(['Price[]', 'Product:1'])
  // What is not of these types would not be kept at all.
  expect(policy.types).toEqual(expect.arrayContaining(['Price', 'Product']))
})

test('an answer is tagged with what it holds, and with the list when a lookup found nothing', () => {
  const policy = policyOf('{ product(slug: "x") { name media { alt } collections { name } } }')
  if (!policy) throw new Error('This is public')
  // Pictures never change: no event names one.
  expect(tagsOf(policy, ['Product:1', 'Media:2'])).toEqual(['Collection[]', 'Product:1'])
  expect(tagsOf(policy, [])).toEqual(['Collection[]', 'Product[]'])
})

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { reservedAliases } from './graphql/alias-rule.ts'
import { composeSupergraph } from './compose.ts'

test('the committed supergraph is what the schemas give', () => {
  const composed = composeSupergraph()
  expect(composed).toEqual({
    supergraph: readFileSync(new URL('supergraph.graphql', import.meta.url), 'utf8'),
  })
})

test('what a quote requires of a cart cannot be aliased', () => {
  const reserved = reservedAliases(readFileSync(new URL('supergraph.graphql', import.meta.url), 'utf8'))
  expect(reserved.get('Cart')).toEqual(new Set(['id', 'market', 'lines']))
  expect(reserved.get('CartLine')).toEqual(new Set(['id', 'quantity', 'variant']))
})

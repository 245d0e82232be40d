import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { subgraphNames } from '../generate.ts'

const mark = '// ── event plumbing: these lines are the same in every schema ──'

function plumbingOf(subgraph: string): string | undefined {
  return readFileSync(join(import.meta.dirname, '..', subgraph, 'schema.prisma'), 'utf8')
    .split(mark)[1]
    ?.trim()
}

test.each(subgraphNames())('%s has the same event tables as all others', (subgraph) => {
  expect(plumbingOf(subgraph)).toMatch(/^model OutboxMessage \{/)
  expect(plumbingOf(subgraph)).toBe(plumbingOf('orders'))
})

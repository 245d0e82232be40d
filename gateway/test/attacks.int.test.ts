// A public list of requests that hurt GraphQL servers, each with what it expects.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freight, goods } from './bags.ts'
import { startTestGateway } from './test-gateway.ts'

interface Attack {
  id: string
  note: string
  expect: { status: number | string; data?: string; maxMs?: number; mustNotLeak?: string[] }
  request: {
    method: string
    path: string
    headers: Record<string, string>
    body?: string | null
    repeatPadTo?: number
  }
}

const folder = process.env.MAISON_DATA ?? join(import.meta.dirname, '../../../shared/data')
const file = join(folder, 'graphql/graphql-attacks.json')
const attacks = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { cases: Attack[] }).cases : []

const registered = ['{__typename}', 'query A{__typename}', '{a:__typename b:__typename}']

const modes: { mode: string; env: Record<string, string>; except: string[] }[] = [
  { mode: 'any document', env: { INTROSPECTION: 'off' }, except: ['pq-freeform'] },
  { mode: 'registered documents only', env: { SAFELIST: 'on' }, except: [] },
]

// Without the list there is one skipped test that says so: a suite without any would fail the run.
if (attacks.length === 0) test.skip(`the list is not at ${file} (set MAISON_DATA)`)

describe.skipIf(attacks.length === 0).each(modes)('$mode', ({ env, except }) => {
  let gateway: Awaited<ReturnType<typeof startTestGateway>>
  beforeAll(async () => {
    gateway = await startTestGateway({
      subgraphs: [goods, freight],
      env,
      registeredDocuments: new Map(
        registered.map((text) => [createHash('sha256').update(text).digest('hex'), text]),
      ),
    })
  })
  afterAll(() => gateway.close())

  test.each(attacks.filter(({ id }) => !except.includes(id)))('$id: $note', async (attack) => {
    const { method, path, headers } = attack.request
    const startedAt = performance.now()
    const response = await fetch(gateway.url + path, {
      method,
      headers,
      ...(attack.request.body != null && { body: bodyOf(attack) }),
    })
    const text = await response.text()
    const ms = performance.now() - startedAt
    assertExpected(attack, response.status, text)
    expect(ms).toBeLessThan(attack.expect.maxMs ?? 2_000)
    expect(text.length).toBeLessThan(10_000)
    expect(response.status).not.toBe(500)
  })
})

function bodyOf({ request }: Attack): string {
  const body = (request.body ?? '')
    .replaceAll('{{FIELD}}', 'rates')
    .replaceAll('{{LOGIN}}', 'login')
    .replaceAll('{{STRING_ARG}}', 'search')
    .replaceAll('{{DEEP}}', 'bags')
  return request.repeatPadTo === undefined ? body : body.replace('xxxxxxxx', 'x'.repeat(request.repeatPadTo))
}

function assertExpected({ expect: wanted }: Attack, status: number, text: string): void {
  const { data } = JSON.parse(text) as { data?: unknown }
  for (const leak of wanted.mustNotLeak ?? []) expect(text).not.toContain(leak)
  if (wanted.data === 'present') expect(data).toBeTruthy()
  if (wanted.data?.startsWith('null') === true) {
    const values = Object.values((data ?? {}) as Record<string, unknown>)
    expect(values.every((value) => value === null)).toBe(true)
  }
  if (typeof wanted.status === 'number') expect(status).toBe(wanted.status)
  else if (wanted.status === '4xx or 200-with-errors') {
    expect(status === 200 ? text.includes('"errors"') : status >= 400 && status < 500).toBe(true)
  } else if (wanted.status.startsWith('4xx')) expect(Math.floor(status / 100)).toBe(4)
}

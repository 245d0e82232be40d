import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLogger, silentLogger } from '#platform/log/logger.ts'
import { Refusal } from '../http/refusal.ts'
import { openDocuments } from './documents.ts'

const one = 'query One { one }'
const two = 'query Two { two }'
const three = 'query Three { three }'

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function codegen(...texts: string[]): string {
  return JSON.stringify(Object.fromEntries(texts.map((text) => [sha256(text), text])))
}

function apollo(...texts: string[]): string {
  return JSON.stringify({
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: texts.map((body) => ({ id: sha256(body), name: 'Any', type: 'query', body })),
  })
}

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'documents-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

function open(files: readonly string[], pollMs = 30_000) {
  const logged: string[] = []
  const log = createLogger({
    name: 'test',
    destination: { write: (line: string) => void logged.push(line) },
  })
  const documents = openDocuments({ files, isSafelisted: true, log, pollMs })
  const isThere = (text: string): boolean => {
    try {
      return documents.resolve({ text, hash: undefined })?.source === text
    } catch (error) {
      if (error instanceof Refusal) return false
      throw error
    }
  }
  return { documents, logged, isThere }
}

test('manifests of both formats are one register', async () => {
  const files = [join(folder, 'web.json'), join(folder, 'app.json')]
  await writeFile(files[0] ?? '', codegen(one, two))
  await writeFile(files[1] ?? '', apollo(two, three))
  const { documents, isThere } = open(files)
  expect([one, two, three, '{ four }'].map(isThere)).toEqual([true, true, true, false])
  expect([...documents.registered()].map(({ source }) => source)).toEqual([one, two, three])
  documents.close()
})

test('a manifest that changes is in force soon, however it was written', async () => {
  const file = join(folder, 'web.json')
  await writeFile(file, codegen(one))
  const { documents, isThere, logged } = open([file])
  const seen: string[][] = []
  documents.onChange(() => void seen.push([...documents.registered()].map(({ source }) => source)))
  const kept = documents.resolve({ text: undefined, hash: sha256(one) })
  await writeFile(file, codegen(one, two))
  await expect.poll(() => isThere(two)).toBe(true)
  expect(documents.resolve({ text: undefined, hash: sha256(one) })).toBe(kept)
  await writeFile(`${file}.new`, codegen(two, three))
  await rename(`${file}.new`, file)
  await expect.poll(() => isThere(three)).toBe(true)
  // No longer registered, and still executed for pages that were open.
  expect(isThere(one)).toBe(true)
  expect(seen).toEqual([
    [one, two],
    [two, three],
  ])
  expect(logged.filter((line) => line.includes('other documents are registered')).length).toBe(2)
  documents.close()
})

test('a file that does not read leaves the documents in force, and one line in the log', async () => {
  const file = join(folder, 'web.json')
  await writeFile(file, codegen(one))
  const { documents, isThere, logged } = open([file], 10)
  for (const [nth, bad] of ['{"half":', '{"abc": "{ one }"}', '{}', null].entries()) {
    if (bad === null) await rm(file)
    else await writeFile(file, bad)
    await expect.poll(() => logged.length).toBe(nth + 1)
    expect([...documents.registered()].map(({ source }) => source)).toEqual([one])
  }
  await writeFile(file, codegen(two))
  await expect.poll(() => isThere(two)).toBe(true)
  expect(logged.length).toBe(5)
  documents.close()
})

test('a change that no watcher tells of is seen by looking now and then', async () => {
  const elsewhere = join(folder, 'elsewhere')
  await mkdir(elsewhere)
  await writeFile(join(elsewhere, 'web.json'), codegen(one))
  // As mounted volumes have it: only the folder of the link is watched, and nothing happens in it.
  const file = join(folder, 'web.json')
  await symlink(join(elsewhere, 'web.json'), file)
  const { documents, isThere } = open([file], 20)
  await writeFile(join(elsewhere, 'web.json'), codegen(two))
  await expect.poll(() => isThere(two)).toBe(true)
  documents.close()
})

test.each([
  ['a missing file', null],
  ['no JSON', 'null and void'],
  ['another format', '{"format":"other","version":1,"operations":[]}'],
  ['another version', '{"format":"apollo-persisted-query-manifest","version":2,"operations":[]}'],
  ['a name that is no hash', '{"One":"query One { one }"}'],
  ['one hash for two texts', apollo(one, two).replaceAll(sha256(two), sha256(one))],
  ['nothing, with the safelist on', '{}'],
])('the gateway does not start on %s', async (_, text) => {
  const file = join(folder, 'web.json')
  if (text !== null) await writeFile(file, text)
  expect(() => open([file])).toThrow()
})

test('a text, its hash and an address mean a document, or are refused with a code', () => {
  const given = new Map([[sha256(one), one]])
  const free = openDocuments({ given, isSafelisted: false, log: silentLogger })
  const strict = openDocuments({ given, isSafelisted: true, log: silentLogger })
  const refusal = (documents: typeof free, named: Parameters<typeof free.resolve>[0]): unknown => {
    try {
      return documents.resolve(named)?.source
    } catch (error) {
      return error instanceof Refusal ? [error.status, error.code] : error
    }
  }
  for (const documents of [free, strict]) {
    expect(refusal(documents, { text: undefined, hash: undefined })).toBe(undefined)
    expect(refusal(documents, { text: one, hash: undefined })).toBe(one)
    expect(refusal(documents, { text: one, hash: sha256(one) })).toBe(one)
    expect(refusal(documents, { text: undefined, hash: sha256(one), isAddressed: true })).toBe(one)
    expect(refusal(documents, { text: one, hash: sha256(two) })).toEqual([
      400,
      'PERSISTED_QUERY_HASH_MISMATCH',
    ])
    expect(refusal(documents, { text: undefined, hash: sha256(two), isAddressed: true })).toEqual([
      404,
      'PERSISTED_QUERY_NOT_IN_LIST',
    ])
  }
  const unknown = { text: undefined, hash: sha256(two) }
  expect(refusal(free, unknown)).toEqual([200, 'PERSISTED_QUERY_NOT_FOUND'])
  expect(refusal(strict, unknown)).toEqual([400, 'PERSISTED_QUERY_NOT_IN_LIST'])
  expect(refusal(strict, { text: two, hash: undefined })).toEqual([400, 'PERSISTED_QUERY_NOT_IN_LIST'])
  // Automatic persisted queries: sent once with its text, known by its hash; an address it does not get.
  expect(refusal(free, { text: two, hash: sha256(two) })).toBe(two)
  expect(refusal(free, unknown)).toBe(two)
  expect(free.resolve(unknown)?.isRegistered).toBe(false)
  expect(refusal(free, { ...unknown, isAddressed: true })).toEqual([404, 'PERSISTED_QUERY_NOT_IN_LIST'])
})

test('what clients send is forgotten, the oldest first, before it fills the memory', () => {
  const documents = openDocuments({ given: new Map(), isSafelisted: false, log: silentLogger })
  const text = (nth: number): string => `query N${String(nth)} { one } # ${'x'.repeat(99_000)}`
  for (let nth = 0; nth < 110; nth += 1) documents.resolve({ text: text(nth), hash: undefined })
  expect(() => documents.resolve({ text: undefined, hash: sha256(text(0)) })).toThrow(
    'PersistedQueryNotFound',
  )
  expect(documents.resolve({ text: undefined, hash: sha256(text(109)) })?.operationName).toBe('N109')
})

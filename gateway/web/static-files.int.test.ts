import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listen, type RunningHttpServer } from '#platform/server/http-server.ts'
import { readStaticFiles } from './static-files.ts'

const script = 'export const a = 1\n'.repeat(200)
let folder: string
let server: RunningHttpServer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'static-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'assets', 'app-x1.js'), script)
  await writeFile(join(folder, 'favicon.svg'), '<svg/>')
  const files = await readStaticFiles(folder)
  server = await listen(
    (request, response) => {
      void files
        .answer(new URL(request.url ?? '', 'http://x').pathname, request, response)
        .then((isAnswered) => {
          if (!isAnswered) response.writeHead(404).end()
        })
    },
    { port: 0 },
  )
})
afterAll(async () => {
  await server.stop(0)
  await rm(folder, { recursive: true })
})

test('a built file is sent compressed, for a year, and not again when unchanged', async () => {
  const url = `${server.url}/assets/app-x1.js`
  const first = await fetch(url, { headers: { 'accept-encoding': 'gzip, br' } })
  expect(first.headers.get('content-encoding')).toBe('br')
  expect(first.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(first.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(await first.text()).toBe(script)
  const again = await fetch(url, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } })
  expect(again.status).toBe(304)
})

test('other files are kept for minutes; what is not in the folder is not found', async () => {
  const icon = await fetch(`${server.url}/favicon.svg`)
  expect([icon.headers.get('cache-control'), await icon.text()]).toEqual(['public, max-age=300', '<svg/>'])
  expect((await fetch(`${server.url}/..%2f..%2fetc/passwd`)).status).toBe(404)
  expect((await fetch(`${server.url}/assets`)).status).toBe(404)
})

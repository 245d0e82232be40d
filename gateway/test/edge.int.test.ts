// deploy/edge/nginx.conf, as it is but for its addresses, in a real nginx in front of a real gateway.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { productChanged } from '#contracts/catalog.ts'
import { freePort } from './free-port.ts'
import { addressOf, clutch, registeredDocuments, shop, stockedShelves, stockroom, tote } from './shelves.ts'
import { createTestBus, tellProduct } from './tell-product.ts'
import { startTestGateway } from './test-gateway.ts'

const nginx = process.env.TEST_NGINX
if (nginx === undefined) console.warn('Skipped: no nginx is given (TEST_NGINX=/usr/sbin/nginx).')

describe.skipIf(nginx === undefined)('nginx in front', () => {
  const shelves = stockedShelves()
  const bus = createTestBus()
  let gateway: Awaited<ReturnType<typeof startTestGateway>>
  let edge: ChildProcess
  let folder: string
  let url: string

  beforeAll(async () => {
    gateway = await startTestGateway({
      subgraphs: [shop(shelves), stockroom(shelves)],
      registeredDocuments,
      bus,
      env: { SAFELIST: 'on', TRUSTED_PROXIES: '1' },
    })
    folder = await mkdtemp(join(tmpdir(), 'maison-edge-'))
    const port = await freePort()
    url = `http://127.0.0.1:${String(port)}`
    const given = await readFile(join(import.meta.dirname, '../../deploy/edge/nginx.conf'), 'utf8')
    const config = given
      .replace('server gateway:4000;', `server ${new URL(gateway.url).host};`)
      .replace('listen 8080;', `listen 127.0.0.1:${String(port)};`)
      .replaceAll('/tmp/maison-edge', join(folder, 'edge'))
      .replace('http {', `http {\n${temporaryPaths(folder)}`)
    const file = join(folder, 'nginx.conf')
    await writeFile(file, config)
    execFileSync(nginx ?? '', ['-t', '-q', '-p', folder, '-c', file])
    edge = spawn(nginx ?? '', ['-p', folder, '-c', file, '-g', 'daemon off; user root;'])
    await vi.waitFor(async () => expect((await fetch(`${url}/live`)).ok).toBe(true), { timeout: 10_000 })
  })
  afterAll(async () => {
    const ended = new Promise((done) => edge.once('exit', done))
    edge.kill('SIGTERM')
    await ended
    await gateway.close()
    await bus.close()
    await rm(folder, { recursive: true })
  })
  beforeEach(() => {
    gateway.calls.length = 0
  })

  async function get(address: string, headers: Record<string, string> = {}) {
    const response = await fetch(url + address, { headers })
    const { data } = (await response.json()) as { data: unknown }
    return { data, headers: response.headers, cached: response.headers.get('x-edge-cache') }
  }

  test('holds a public answer for a second, and then asks whether it still holds', async () => {
    const address = addressOf('product', { id: tote })
    expect((await get(address)).cached).toBe('MISS')
    expect((await get(address)).cached).toBe('HIT')
    await expect.poll(async () => (await get(address)).cached, { timeout: 5_000 }).toBe('REVALIDATED')
    // All of it cost the subgraphs one reading each.
    expect(gateway.calls).toHaveLength(2)
  })

  test('shows a change as soon as it asks the gateway again', async () => {
    const address = addressOf('products')
    expect((await get(address)).data).toEqual({ products: [{ name: 'Tote' }, { name: 'Clutch' }] })
    shelves.names.set(tote, 'Cabas')
    await tellProduct(bus, productChanged, tote)
    await expect
      .poll(async () => (await get(address)).data, { timeout: 5_000 })
      .toEqual({ products: [{ name: 'Cabas' }, { name: 'Clutch' }] })
  })

  test('never holds what is private', async () => {
    const [first, second] = [await get(addressOf('basket')), await get(addressOf('basket'))]
    expect([first.cached, second.cached]).toEqual(['MISS', 'MISS'])
    expect(gateway.calls.filter(({ body }) => body.includes('basket'))).toHaveLength(2)
  })

  test('hands on each encoding to those who want it', async () => {
    const address = addressOf('story', { id: tote })
    const plain = await fetch(url + address, { headers: { 'accept-encoding': 'identity' } })
    const text = await plain.text()
    expect(plain.headers.get('content-encoding')).toBeNull()
    for (const encoding of ['gzip', 'br']) {
      // Compressed when somebody first asks; who asks just then gets it plain.
      await expect
        .poll(
          async () => {
            const response = await fetch(url + address, { headers: { 'accept-encoding': encoding } })
            expect(await response.text()).toBe(text)
            return response.headers.get('content-encoding')
          },
          { timeout: 5_000 },
        )
        .toBe(encoding)
    }
  })

  test('tells the gateway who asks, whatever the client says of itself', async () => {
    await fetch(`${url}${addressOf('rename')}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': '6.6.6.6' },
      body: JSON.stringify({ variables: { id: clutch, name: 'Clutch' } }),
    })
    expect(gateway.calls.at(-1)?.headers['x-client-ip']).toBe('127.0.0.1')
  })
})

function temporaryPaths(folder: string): string {
  return ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `  ${name}_temp_path ${join(folder, name)};`)
    .join('\n')
}

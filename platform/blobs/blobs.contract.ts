// What every blob store promises; run against each implementation.
import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuidv7 } from '../ids/uuid.ts'
import type { Blobs } from './blobs.ts'

const contentType = 'image/webp'
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
const badUserInput = expect.objectContaining({ code: 'BAD_USER_INPUT' }) as Error

export function blobsContract(
  name: string,
  open: () => Promise<{ blobs: Blobs; close: () => Promise<void> }>,
): void {
  describe(name, () => {
    let blobs: Blobs
    let close: () => Promise<void>
    const folder = uuidv7()
    const key = (): string => `${folder}/${uuidv7()}.webp`
    const read = async (k: string): Promise<Buffer | null> => {
      const found = await blobs.get(k)
      return found && buffer(found.body)
    }
    beforeAll(async () => {
      ;({ blobs, close } = await open())
    })
    afterAll(() => close())

    test('what was never stored is null, and deleting it is no error', async () => {
      expect(await blobs.get(key())).toBeNull()
      expect(await blobs.head(key())).toBeNull()
      await blobs.delete(key())
    })

    test('bytes, type, size and digest come back as they were', async () => {
      const k = key()
      const bytes = randomBytes(100_000)
      expect(await blobs.put(k, bytes, { contentType })).toEqual({ size: 100_000, sha256: sha256(bytes) })
      const found = await blobs.get(k)
      expect(found).toMatchObject({ size: 100_000, contentType })
      expect(found && (await buffer(found.body)).equals(bytes)).toBe(true)
      expect(await blobs.head(k)).toEqual({ size: 100_000, contentType })
    })

    test('an empty blob is a blob', async () => {
      const [a, b] = [key(), key()]
      await blobs.put(a, Buffer.alloc(0), { contentType })
      await blobs.put(b, Readable.from([]), { contentType })
      for (const k of [a, b]) {
        expect(await read(k)).toEqual(Buffer.alloc(0))
        expect(await blobs.head(k)).toEqual({ size: 0, contentType })
      }
    })

    test.each([10, 8 * 1024 * 1024, 20 * 1024 * 1024 + 7])(
      'a stream of %i bytes arrives whole',
      async (size) => {
        const k = key()
        const bytes = randomBytes(size)
        const pieces = Array.from({ length: Math.ceil(size / 65_536) }, (_, i) =>
          bytes.subarray(i * 65_536, (i + 1) * 65_536),
        )
        expect(await blobs.put(k, Readable.from(pieces), { contentType })).toEqual({
          size,
          sha256: sha256(bytes),
        })
        expect((await read(k))?.equals(bytes)).toBe(true)
      },
    )

    test.each([100, 17 * 1024 * 1024])(
      'a stream that fails after %i bytes stores nothing and leaves what was there',
      async (size) => {
        const [fresh, taken] = [key(), key()]
        await blobs.put(taken, Buffer.from('before'), { contentType })
        const failing = (): Readable =>
          Readable.from(
            (function* () {
              yield Buffer.alloc(size)
              throw new Error('the upload was cut off')
            })(),
          )
        await expect(blobs.put(fresh, failing(), { contentType })).rejects.toThrow('cut off')
        await expect(blobs.put(taken, failing(), { contentType })).rejects.toThrow('cut off')
        expect(await blobs.head(fresh)).toBeNull()
        expect((await read(taken))?.toString()).toBe('before')
      },
    )

    test('writers of one key at once leave one of them whole, with its own type', async () => {
      const k = key()
      const writers = Array.from({ length: 8 }, (_, i) => i)
      await Promise.all(
        writers.map((i) => blobs.put(k, Buffer.alloc(50_000, i), { contentType: `x/${String(i)}` })),
      )
      const found = await blobs.get(k)
      const bytes = found ? await buffer(found.body) : Buffer.alloc(0)
      expect(bytes.equals(Buffer.alloc(50_000, bytes[0]))).toBe(true)
      expect(found?.contentType).toBe(`x/${String(bytes[0])}`)
    })

    test('what is deleted is gone', async () => {
      const k = key()
      await blobs.put(k, Buffer.from('x'), { contentType })
      await blobs.delete(k)
      expect(await blobs.get(k)).toBeNull()
    })

    test('listing is ordered by key, bounded, and goes on after the last', async () => {
      const base = `${uuidv7()}/`
      const names = ['a', 'a/b', 'a-b', 'a.b', 'b/c/d', 'b/c0']
      for (const each of names) await blobs.put(base + each, Buffer.from(each), { contentType })
      const keys = names.map((each) => base + each).sort()
      expect(await blobs.list(base, { limit: 100 })).toEqual(
        keys.map((k) => ({ key: k, size: k.length - base.length })),
      )
      const first = await blobs.list(base, { limit: 4 })
      const rest = await blobs.list(base, { limit: 4, after: first.at(-1)?.key ?? '' })
      expect([...first, ...rest].map((each) => each.key)).toEqual(keys)
      expect((await blobs.list(`${base}b/c`, { limit: 10 })).map((each) => each.key)).toEqual([
        `${base}b/c/d`,
        `${base}b/c0`,
      ])
      expect(await blobs.list(`${uuidv7()}/`, { limit: 10 })).toEqual([])
      for (const limit of [0, -1, 1.5, 1_001])
        await expect(blobs.list(base, { limit })).rejects.toThrow(RangeError)
    })

    test.each([
      '',
      '/a',
      'a/',
      'a//b',
      '..',
      'a/../b',
      './a',
      'a/.hidden',
      'A',
      'a b',
      'ä',
      'a\\b',
      'a\0b',
      'a~blob',
      'a\n',
      'x'.repeat(600),
    ])('the key %j is refused', async (bad) => {
      await expect(blobs.put(bad, Buffer.from('x'), { contentType })).rejects.toThrow(badUserInput)
      for (const use of [blobs.get(bad), blobs.head(bad), blobs.delete(bad)])
        await expect(use).rejects.toThrow(badUserInput)
    })

    test.each(['../', '/', 'a/../', 'A'])('the prefix %j is refused', async (bad) => {
      await expect(blobs.list(bad, { limit: 1 })).rejects.toThrow(badUserInput)
    })
  })
}

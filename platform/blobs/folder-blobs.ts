import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { assertBlobKey, assertBlobPrefix, assertListLimit, type BlobHead, type Blobs } from './blobs.ts'

// A blob is one file: four bytes of length, that many bytes of JSON about it, the content. Two files (content and
// description) could not be replaced in one step. The ending keeps a blob `a` and a blob `a/b` apart, and cannot
// occur in a key.
const ENDING = '~blob'
const LENGTH_BYTES = 4
const ABANDONED_MS = 60 * 60_000

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ENOENT' || code === 'ENOTDIR'
}

async function nullWhenMissing<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

async function describe(file: FileHandle): Promise<BlobHead & { start: number }> {
  const { size: fileSize } = await file.stat()
  const length = Buffer.alloc(LENGTH_BYTES)
  await file.read(length, 0, LENGTH_BYTES, 0)
  const description = Buffer.alloc(length.readUInt32BE())
  await file.read(description, 0, description.length, LENGTH_BYTES)
  const start = LENGTH_BYTES + description.length
  const { contentType } = JSON.parse(description.toString('utf8')) as { contentType: string }
  return { size: fileSize - start, contentType, start }
}

async function readHead(path: string): Promise<BlobHead> {
  await using file = await open(path, 'r')
  const { size, contentType } = await describe(file)
  return { size, contentType }
}

// Opened once for head and content, since the file may be replaced between two openings.
async function readBlob(path: string): Promise<BlobHead & { body: Readable }> {
  const file = await open(path, 'r')
  try {
    const { size, contentType, start } = await describe(file)
    if (size > 0) return { size, contentType, body: file.createReadStream({ start }) }
    await file.close()
    return { size, contentType, body: Readable.from([]) }
  } catch (error) {
    await file.close()
    throw error
  }
}

/** Blobs in a folder of this machine, for one machine's processes. Unfinished writes of an hour ago are cleared away. */
export async function createFolderBlobs(folder: string): Promise<Blobs> {
  const data = join(folder, 'data')
  // On the same file system as the data, so that the rename is one step.
  const unfinished = join(folder, 'unfinished')
  await mkdir(data, { recursive: true })
  await mkdir(unfinished, { recursive: true })
  for (const name of await readdir(unfinished)) {
    const path = join(unfinished, name)
    const found = await nullWhenMissing(() => stat(path))
    if (found && Date.now() - found.mtimeMs > ABANDONED_MS) await rm(path, { force: true })
  }

  function pathOf(key: string): string {
    assertBlobKey(key)
    return join(data, ...key.split('/')) + ENDING
  }

  async function collectKeys(path: string, base: string, prefix: string, keys: string[]): Promise<void> {
    const children = (await nullWhenMissing(() => readdir(path, { withFileTypes: true }))) ?? []
    for (const child of children) {
      const key = `${base}${child.name}`
      if (child.isDirectory()) {
        const inside = `${key}/`
        if (inside.startsWith(prefix) || prefix.startsWith(inside)) {
          await collectKeys(join(path, child.name), inside, prefix, keys)
        }
      } else if (key.endsWith(ENDING) && key.startsWith(prefix)) {
        keys.push(key.slice(0, -ENDING.length))
      }
    }
  }

  return {
    put: async (key, body, { contentType }) => {
      const path = pathOf(key)
      const temporary = join(unfinished, randomUUID())
      const description = Buffer.from(JSON.stringify({ contentType }))
      const length = Buffer.alloc(LENGTH_BYTES)
      length.writeUInt32BE(description.length)
      const hash = createHash('sha256')
      let size = 0
      try {
        await using file = await open(temporary, 'wx')
        await file.writeFile(Buffer.concat([length, description]))
        for await (const chunk of Buffer.isBuffer(body) ? [body] : (body as AsyncIterable<Buffer | string>)) {
          const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
          await file.writeFile(bytes)
          hash.update(bytes)
          size += bytes.length
        }
        await file.sync()
        await mkdir(dirname(path), { recursive: true })
        await rename(temporary, path)
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
      return { size, sha256: hash.digest('hex') }
    },
    get: async (key) => {
      const path = pathOf(key)
      return nullWhenMissing(() => readBlob(path))
    },
    head: async (key) => {
      const path = pathOf(key)
      return nullWhenMissing(() => readHead(path))
    },
    delete: async (key) => {
      await rm(pathOf(key), { force: true })
    },
    list: async (prefix, { limit, after }) => {
      assertBlobPrefix(prefix)
      assertListLimit(limit)
      // The whole prefix is read and sorted: this is the store of one machine, not of the house.
      const keys: string[] = []
      await collectKeys(data, '', prefix, keys)
      const wanted = keys.sort().filter((key) => after === undefined || key > after)
      const listed: { key: string; size: number }[] = []
      for (const key of wanted.slice(0, limit)) {
        const found = await nullWhenMissing(() => readHead(pathOf(key)))
        if (found) listed.push({ key, size: found.size })
      }
      return listed
    },
  }
}

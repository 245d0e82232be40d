import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import { blobsContract } from './blobs.contract.ts'
import { createFolderBlobs } from './folder-blobs.ts'
import { createS3Blobs } from './s3-blobs.ts'
import { type S3StandIn, startS3StandIn } from './s3-stand-in.ts'

const contentType = 'text/csv'
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'maison-blobs-'))

function s3Of(standIn: S3StandIn): ReturnType<typeof createS3Blobs> {
  return createS3Blobs({ bucket: 'maison', region: 'eu-west-3', endpoint: standIn.url, credentials })
}

blobsContract('blobs in a folder', async () => {
  const folder = await newFolder()
  return { blobs: await createFolderBlobs(folder), close: () => rm(folder, { recursive: true }) }
})

blobsContract('blobs in S3', async () => {
  const standIn = await startS3StandIn()
  const blobs = s3Of(standIn)
  return {
    blobs,
    close: async () => {
      blobs.close()
      await standIn.close()
    },
  }
})

test('a folder keeps its blobs when it is opened again, and clears away unfinished writes of long ago', async () => {
  const folder = await newFolder()
  onTestFinished(() => rm(folder, { recursive: true }))
  const first = await createFolderBlobs(folder)
  await first.put('a/b.csv', Buffer.from('kept'), { contentType })
  const unfinished = join(folder, 'unfinished')
  await writeFile(join(unfinished, 'old'), 'x')
  await writeFile(join(unfinished, 'new'), 'x')
  await utimes(join(unfinished, 'old'), 0, 0)
  const second = await createFolderBlobs(folder)
  expect(await second.head('a/b.csv')).toEqual({ size: 4, contentType })
  expect(await readdir(unfinished)).toEqual(['new'])
})

test('a blob being read stays whole while another takes its place', async () => {
  const folder = await newFolder()
  onTestFinished(() => rm(folder, { recursive: true }))
  const blobs = await createFolderBlobs(folder)
  await blobs.put('a', Buffer.alloc(1_000_000, 1), { contentType })
  const found = await blobs.get('a')
  await blobs.put('a', Buffer.alloc(10, 2), { contentType })
  const chunks = (await found?.body.toArray()) as Buffer[]
  expect(Buffer.concat(chunks).equals(Buffer.alloc(1_000_000, 1))).toBe(true)
})

test('S3 under load is asked again, and an upload cut off leaves no parts behind', async () => {
  const standIn = await startS3StandIn()
  const blobs = s3Of(standIn)
  onTestFinished(async () => {
    blobs.close()
    await standIn.close()
  })
  standIn.failNext('PUT', 2)
  await blobs.put('a', Buffer.from('x'), { contentType })
  expect(await blobs.head('a')).toEqual({ size: 1, contentType })

  const cut = Readable.from(
    (function* () {
      yield Buffer.alloc(9 * 1024 * 1024)
      throw new Error('cut off')
    })(),
  )
  await expect(blobs.put('b', cut, { contentType })).rejects.toThrow('cut off')
  expect(standIn.openUploads()).toBe(0)
})

test('a store that refuses is an error, never “not there”', async () => {
  const standIn = await startS3StandIn()
  const blobs = s3Of(standIn)
  await standIn.close()
  await expect(blobs.head('a')).rejects.toThrow()
  blobs.close()
})

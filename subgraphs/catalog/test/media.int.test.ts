import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { productChanged } from '#contracts/catalog.ts'
import { addCollectionHero, addProductMedia } from '../usecases/add-media.ts'
import { renderMedia } from '../usecases/render-media.ts'
import { saveCollection } from '../usecases/save-collection.ts'
import { saveProduct } from '../usecases/save-product.ts'
import { aProduct, aVariant, startCatalog, type TestCatalog } from './catalog-fixture.ts'

let catalog: TestCatalog
let deps: {
  database: TestCatalog['database']
  blobs: TestCatalog['parts']['blobs']
  clock: TestCatalog['clock']
}
beforeAll(async () => {
  catalog = await startCatalog()
  deps = { database: catalog.database, blobs: catalog.parts.blobs, clock: catalog.clock }
  await catalog.database.transact(async (tx) => {
    const variants = [aVariant('bag-N'), aVariant('bag-I', { options: { color: 'ivoire' } })]
    await saveProduct(tx, aProduct('bag', { variants }), catalog.clock.now())
    await saveCollection(
      tx,
      {
        slug: 'all',
        position: 0,
        names: { en: 'All' },
        descriptions: {},
        productSlugs: ['bag'],
      },
      catalog.clock.now(),
    )
  })
})
afterAll(() => catalog.close())

const picture = (color: string, width = 1_500, height = 1_000) =>
  sharp({ create: { width, height, channels: 3, background: color } })
    .png()
    .toBuffer()

interface Shown {
  id: string
  alt: string
  width: number
  height: number
  placeholderColor: string
  derivatives: { url: string; width: number; contentType: string }[]
}

async function mediaOf(slug: string) {
  const { data, errors } = await catalog.query<{
    product: { media: Shown[]; variants: { sku: string; media: { id: string } | null }[] }
  }>(
    `query ($slug: String!) { product(slug: $slug) {
      media { id alt(locale: "fr") width height placeholderColor derivatives { url width contentType } }
      variants { sku media { id } } } }`,
    { slug },
  )
  expect(errors).toBeUndefined()
  return data.product
}

test('a picture gets its sizes, its colour and its variants, and is told once', async () => {
  const pictures = [
    {
      bytes: await picture('#aa2211'),
      alt: { en: 'Front', fr: 'Face' },
      showsOption: { option: 'color', value: 'noir' },
    },
    {
      bytes: await picture('#f4efe4'),
      alt: { en: 'Ivory' },
      showsOption: { option: 'color', value: 'ivoire' },
    },
  ]
  await catalog.settle()
  const toldBefore = catalog.published(productChanged).length
  await addProductMedia(deps, { productSlug: 'bag', pictures })
  await addProductMedia(deps, { productSlug: 'bag', pictures })
  await catalog.settle()
  const { media, variants } = await mediaOf('bag')
  expect(media).toHaveLength(2)
  expect(media[0]).toMatchObject({ alt: 'Face', width: 1500, height: 1000 })
  expect(media[0]?.placeholderColor).toMatch(/^#[0-9a-f]{6}$/)
  expect(media[0]?.derivatives.map(({ width, contentType }) => `${contentType} ${String(width)}`)).toEqual([
    'image/webp 320',
    'image/webp 640',
    'image/webp 960',
    'image/webp 1280',
    'image/jpeg 640',
  ])
  expect(variants.map((variant) => variant.media?.id)).toEqual(media.map((one) => one.id))
  const told = catalog.published(productChanged).slice(toldBefore)
  expect(told).toHaveLength(1)
  expect(told[0]?.payload.variants.map((variant) => variant.imageUrl)).toEqual(
    media.map((one) => one.derivatives.at(-1)?.url),
  )

  await addProductMedia(deps, { productSlug: 'bag', pictures: pictures.slice(1) })
  const after = await mediaOf('bag')
  expect(after.media.map((one) => one.id)).toEqual([media[1]?.id])
})

test('each size is served immutable, as a whole, in part, or not again', async () => {
  await addProductMedia(deps, {
    productSlug: 'bag',
    pictures: [{ bytes: await picture('#123456'), alt: {} }],
  })
  const { media } = await mediaOf('bag')
  for (const { url, width, contentType } of media[0]?.derivatives ?? []) {
    const response = await catalog.request(url, { method: 'GET' })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe(contentType)
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    const body = Buffer.from(await response.arrayBuffer())
    expect((await sharp(body).metadata()).width).toBe(width)
    const etag = response.headers.get('etag') ?? ''
    const get = (headers: Record<string, string>) => catalog.request(url, { method: 'GET', headers })
    expect((await get({ 'if-none-match': `"other", W/${etag}` })).status).toBe(304)
    const part = await get({ range: 'bytes=2-5' })
    expect([part.status, part.headers.get('content-range')]).toEqual([
      206,
      `bytes 2-5/${String(body.length)}`,
    ])
    expect(Buffer.from(await part.arrayBuffer())).toEqual(body.subarray(2, 6))
    const tail = await get({ range: 'bytes=-3' })
    expect(Buffer.from(await tail.arrayBuffer())).toEqual(body.subarray(-3))
    expect((await get({ range: `bytes=${String(body.length)}-` })).status).toBe(416)
    expect((await get({ range: 'bytes=0-0', 'if-range': '"other"' })).status).toBe(200)
    expect((await get({ range: 'chapters=1' })).status).toBe(200)
  }
})

test.each([
  '/media/',
  '/media/../../etc/passwd',
  '/media/%2e%2e/x/640.webp',
  `/media/${'0'.repeat(32)}/640.webp`,
  `/media/${'0'.repeat(32)}/640.exe`,
])('%s is not found', async (path) => {
  const response = await catalog.request(path, { method: 'GET' })
  expect(response.status).toBe(404)
})

test('a small picture is not blown up, one with transparency gets a white JPEG', async () => {
  const small = await sharp({ create: { width: 100, height: 50, channels: 4, background: '#00000000' } })
    .png()
    .toBuffer()
  const rendered = await renderMedia(small, catalog.parts.blobs)
  expect(rendered).toMatchObject({ width: 100, height: 50 })
  expect(rendered.derivatives).toMatchObject([
    { width: 100, contentType: 'image/webp' },
    { contentType: 'image/jpeg' },
  ])
  expect(rendered.placeholderColor).toMatch(/^#f[0-9a-f]f[0-9a-f]f[0-9a-f]$/)
})

test('AVIF is made when asked for, under an address of its own', async () => {
  const bytes = await picture('#445566', 400, 300)
  const plain = await renderMedia(bytes, catalog.parts.blobs)
  const withAvif = await renderMedia(bytes, catalog.parts.blobs, { withAvif: true })
  expect(withAvif.derivatives.map((one) => one.contentType)).toContain('image/avif')
  expect(withAvif.fingerprint).not.toBe(plain.fingerprint)
})

const svg = (body: string, size = '10') =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}">${body}</svg>`)

test('what is no picture, a bomb, a truncated file and a stranger’s SVG are refused', async () => {
  const whole = await picture('#777777')
  // One colour, 20,000 × 20,000: a file of some kilobytes that would be 1.2 GB in memory.
  const bomb = await sharp({
    create: { width: 20_000, height: 20_000, channels: 3, background: '#000' },
    limitInputPixels: false,
  })
    .png({ compressionLevel: 9 })
    .toBuffer()
  expect(bomb.length).toBeLessThan(3_000_000)
  const bad = [Buffer.from('Handle,Title\n'), Buffer.alloc(0), whole.subarray(0, 600), bomb, svg('<rect/>')]
  for (const bytes of bad) {
    await expect(renderMedia(bytes, catalog.parts.blobs)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
  }
  await expect(
    addProductMedia(deps, { productSlug: 'nowhere', pictures: [{ bytes: whole, alt: {} }] }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
}, 60_000)

test('a drawing of our own becomes the wide picture of a collection', async () => {
  const bytes = svg('<rect width="2400" height="1200" fill="#c0a060"/>')
    .toString()
    .replaceAll('"10"', '"2400"')
  const hero = {
    collectionSlug: 'all',
    picture: { bytes: Buffer.from(bytes), alt: { en: 'Wide' } },
    allowSvg: true,
  }
  await addCollectionHero(deps, hero)
  await addCollectionHero(deps, hero)
  const { data } = await catalog.query('{ collection(slug: "all") { hero { alt width placeholderColor } } }')
  expect(data.collection).toMatchObject({ hero: { alt: 'Wide', width: 2400 } })
  expect(await catalog.database.prisma.media.count({ where: { productId: null } })).toBe(1)
})

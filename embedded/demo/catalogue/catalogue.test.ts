import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { demoCollections, demoProducts } from './catalogue.ts'
import { drawHero } from './pictures/draw-hero.ts'
import { drawPicture } from './pictures/draw-picture.ts'
import type { Translated } from './demo-product.ts'

const variants = demoProducts.flatMap((product) => product.variants.map((variant) => ({ product, variant })))
const pictures = demoProducts.flatMap((product) => product.pictures.map((picture) => ({ product, picture })))
const pieces = (stock: Readonly<Record<string, number>>): number =>
  Object.values(stock).reduce((sum, count) => sum + count, 0)

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index)
}

describe('the demo catalogue', () => {
  test('is as large as a real store’s first season', () => {
    expect(demoProducts.length).toBeGreaterThanOrEqual(64)
    expect(variants.length).toBeGreaterThanOrEqual(260)
    expect(demoCollections.length).toBeGreaterThanOrEqual(6)
  })

  test('names nothing twice', () => {
    expect(repeated(demoProducts.map(({ slug }) => slug))).toEqual([])
    expect(repeated(demoCollections.map(({ slug }) => slug))).toEqual([])
    expect(repeated(variants.map(({ variant }) => variant.sku))).toEqual([])
    expect(repeated(variants.map(({ variant }) => variant.barcode))).toEqual([])
  })

  test('every barcode is an EAN-13 of the in-store range with a right check digit', () => {
    for (const { variant } of variants) {
      expect(variant.barcode).toMatch(/^299\d{10}$/)
      const sum = [...variant.barcode].reduce((total, digit, i) => total + Number(digit) * (i % 2 ? 3 : 1), 0)
      expect(sum % 10, variant.barcode).toBe(0)
    }
  })

  test('every variant chooses one existing value of every option, and no two choose the same', () => {
    for (const { product, variant } of variants) {
      expect(Object.keys(variant.options).sort()).toEqual(product.options.map(({ code }) => code).sort())
      for (const { code, values } of product.options) {
        expect(values.map((value) => value.code)).toContain(variant.options[code])
      }
    }
    for (const product of demoProducts) {
      expect(repeated(product.variants.map(({ options }) => JSON.stringify(options)))).toEqual([])
    }
  })

  test('every product belongs only to collections that exist, and every collection holds something', () => {
    const slugs = demoCollections.map(({ slug }) => slug)
    for (const { collections } of demoProducts) {
      expect(slugs).toEqual(expect.arrayContaining([...collections]))
      expect(repeated(collections)).toEqual([])
    }
    for (const slug of slugs) {
      expect(demoProducts.filter(({ collections }) => collections.includes(slug)).length).toBeGreaterThan(3)
    }
  })

  test('prices are positive whole minor units, and a former price is higher', () => {
    for (const { variant } of variants) {
      for (const [market, price] of Object.entries(variant.prices)) {
        expect(Number.isSafeInteger(price) && price > 0, `${variant.sku} ${market}`).toBe(true)
        const former = variant.compareAt?.[market as keyof typeof variant.prices]
        if (former !== undefined) expect(former).toBeGreaterThan(price)
      }
      expect(variant.prices.JP % 1000).toBe(0)
    }
  })

  test('one product has a single piece, one is sold out, two were dearer before', () => {
    const totals = demoProducts.map(({ variants: all }) =>
      all.reduce((sum, { stock }) => sum + pieces(stock), 0),
    )
    expect(totals).toContain(1)
    expect(totals).toContain(0)
    expect(demoProducts.filter(({ variants: all }) => all.some(({ compareAt }) => compareAt)).length).toBe(2)
  })

  test('every text exists in every language and is used once', () => {
    const texts = (pick: (product: (typeof demoProducts)[number]) => Translated): void => {
      for (const locale of ['en', 'fr', 'ja'] as const) {
        const all = demoProducts.map((product) => pick(product)[locale].trim())
        expect(all.filter((text) => text === '')).toEqual([])
        expect(repeated(all)).toEqual([])
      }
    }
    texts(({ names }) => names)
    texts(({ descriptions }) => descriptions)
    for (const { details, names } of demoProducts) {
      expect(details.ja.split('\n')).toHaveLength(3)
      expect(names.ja).toMatch(/[ぁ-んァ-ヶ一-龠]/)
    }
  })

  test('every picture shows a colour of its product in a small, well-formed SVG', () => {
    for (const { product, picture } of pictures) {
      const svg = drawPicture(product, picture)
      expect(svg.length, `${product.slug} ${picture.view}`).toBeLessThan(20_000)
      expect(svg, `${product.slug} ${picture.view}`).not.toMatch(/NaN|undefined|Infinity|<text/)
    }
    expect(repeated(pictures.map(({ picture }) => picture.alt.en))).toEqual([])
  })

  test('a picture is the same every time it is drawn', () => {
    const { product, picture } = pictures[0] ?? {}
    if (!product || !picture) throw new Error('The catalogue has no picture')
    expect(drawPicture(product, picture)).toBe(drawPicture(product, picture))
  })

  test('one picture of every silhouette and every hero renders', async () => {
    const bySilhouette = new Map(pictures.map((one) => [one.product.drawing.shape, one]))
    expect(bySilhouette.size).toBeGreaterThanOrEqual(30)
    const svgs = [...bySilhouette.values()].map(({ product, picture }) => drawPicture(product, picture))
    for (const svg of svgs) {
      const { info } = await sharp(Buffer.from(svg))
        .resize(60, 75)
        .png()
        .toBuffer({ resolveWithObject: true })
      expect([info.width, info.height]).toEqual([60, 75])
    }
    for (const collection of demoCollections) {
      const { info } = await sharp(Buffer.from(drawHero(collection)))
        .resize(120, 60)
        .png()
        .toBuffer({ resolveWithObject: true })
      expect([info.width, info.height]).toEqual([120, 60])
    }
  }, 60_000)
})

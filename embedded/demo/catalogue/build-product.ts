import { matters } from './matters.ts'
import type { MatterCode } from './matters.ts'
import { colorOf } from './palette.ts'
import { translated } from './translated.ts'
import type {
  DemoCategory,
  DemoDrawing,
  DemoMarket,
  DemoOption,
  DemoPicture,
  DemoProduct,
  DemoVariant,
  Translated,
} from './demo-product.ts'

/** Turns a short line of the catalogue into a whole product: variants, codes, prices, stock, pictures. */

const sizeRuns = {
  clothes: ['34', '36', '38', '40', '42'],
  tops: ['XS', 'S', 'M', 'L'],
  shoes: ['36', '37', '38', '39', '40'],
  mens: ['40', '41', '42', '43', '44'],
  rings: ['50', '52', '54', '56'],
  belts: ['75', '85', '95'],
  gloves: ['7', '7.5', '8'],
  hats: ['56', '58'],
} as const

export interface ProductLine {
  /** Unique and never reused: article numbers and barcodes are made of it. */
  readonly number: number
  readonly slug: string
  readonly category: DemoCategory
  readonly collections: readonly string[]
  readonly names: Translated
  readonly descriptions: Translated
  readonly matter: MatterCode
  /** One line of dimensions or fit. */
  readonly size: Translated
  readonly hsCode: string
  readonly colors: readonly string[]
  readonly sizes?: keyof typeof sizeRuns
  /** Whole euros, tax included. */
  readonly price: number
  readonly formerPrice?: number
  readonly weightGrams: number
  readonly stock?: 'plenty' | 'one piece' | 'sold out'
  readonly drawing: DemoDrawing
}

export function buildProduct(line: ProductLine): DemoProduct {
  const { made, care } = matters[line.matter]
  const sizes: readonly string[] = line.sizes ? sizeRuns[line.sizes] : []
  const options = sizes.length ? [colorOption(line), sizeOption(sizes)] : [colorOption(line)]
  const choices = line.colors.flatMap((color): Record<string, string>[] =>
    sizes.length ? sizes.map((size) => ({ color, size: codeOf(size) })) : [{ color }],
  )
  const join = (locale: 'en' | 'fr' | 'ja'): string =>
    [made[locale], line.size[locale], care[locale]].join('\n')
  return {
    slug: line.slug,
    category: line.category,
    collections: [line.category, ...line.collections],
    names: line.names,
    descriptions: line.descriptions,
    details: translated(join('en'), join('fr'), join('ja')),
    taxCategory: 'standard',
    hsCode: line.hsCode,
    options,
    variants: choices.map((choice, index) => variantOf(line, choice, index)),
    pictures: line.colors.flatMap((color, index) => picturesOf(line, color, index === 0)),
    drawing: line.drawing,
  }
}

const codeOf = (size: string): string => size.toLowerCase().replace('.', '-')

function colorOption({ category, colors }: ProductLine): DemoOption {
  const metal = category === 'jewellery' && colors.some((code) => /gold|silver/.test(code))
  const names = metal ? translated('Metal', 'Métal', '素材') : translated('Colour', 'Couleur', 'カラー')
  return { code: 'color', names, values: colors.map(colorOf) }
}

function sizeOption(sizes: readonly string[]): DemoOption {
  return {
    code: 'size',
    names: translated('Size', 'Taille', 'サイズ'),
    values: sizes.map((size) => ({ code: codeOf(size), names: translated(size, size, size) })),
  }
}

function variantOf(line: ProductLine, options: Record<string, string>, index: number): DemoVariant {
  const marks = [options.color?.slice(0, 3), options.size].filter((mark) => mark !== undefined)
  const variant = {
    sku: `MA-${line.number}-${marks.join('-').toUpperCase()}`,
    barcode: ean13(`299${String(line.number * 100 + index).padStart(9, '0')}`),
    options,
    weightGrams: line.weightGrams,
    prices: pricesOf(line.price),
    stock: stockOf(line, index),
  }
  return line.formerPrice ? { ...variant, compareAt: pricesOf(line.formerPrice) } : variant
}

/** One euro price makes the ladder: CNY, GBP and USD to ten, JPY to a thousand. */
function pricesOf(euros: number): Record<DemoMarket, number> {
  const to = (step: number, rate: number): number => Math.max(step, Math.round((euros * rate) / step) * step)
  return {
    FR: euros * 100,
    DE: euros * 100,
    GB: to(10, 0.87) * 100,
    JP: to(1000, 164),
    CN: to(10, 8.2) * 100,
    US: to(10, 0.99) * 100,
  }
}

/** Spread by the article number alone, so that every start has the same shelves. */
function stockOf({ number, stock = 'plenty' }: ProductLine, index: number): Record<string, number> {
  if (stock === 'sold out') return { 'PAR-DC': 0, 'SHA-DC': 0, 'PAR-01': 0, 'TYO-01': 0 }
  if (stock === 'one piece') return { 'PAR-DC': index === 0 ? 1 : 0, 'SHA-DC': 0, 'PAR-01': 0, 'TYO-01': 0 }
  const seed = (number * 31 + index * 17) % 101
  return {
    'PAR-DC': 6 + (seed % 19),
    'SHA-DC': 3 + (seed % 11),
    'PAR-01': seed % 4,
    'TYO-01': (seed + 1) % 3,
  }
}

function ean13(twelve: string): string {
  const sum = [...twelve].reduce((total, digit, index) => total + Number(digit) * (index % 2 ? 3 : 1), 0)
  return `${twelve}${(10 - (sum % 10)) % 10}`
}

const views: Record<DemoPicture['view'], Translated> = {
  front: translated('front view', 'vue de face', '正面'),
  angle: translated('another view', 'autre vue', '別アングル'),
  detail: translated('close-up', 'détail', 'ディテール'),
}

function picturesOf({ names }: ProductLine, code: string, isFirst: boolean): DemoPicture[] {
  const color = colorOf(code).names
  const shown = isFirst ? (['front', 'angle', 'detail'] as const) : (['front', 'angle'] as const)
  return shown.map((view) => ({
    color: code,
    view,
    alt: translated(
      `${names.en}, ${color.en.toLowerCase()}, ${views[view].en}`,
      `${names.fr}, ${color.fr.toLowerCase()}, ${views[view].fr}`,
      `${names.ja}（${color.ja}）${views[view].ja}`,
    ),
  }))
}

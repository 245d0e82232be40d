import type { CurrencyCode } from '#platform/money/currencies.ts'
import type { PriceAmounts, ProductStatus } from '../product.ts'
import { toSlug } from '../slug.ts'
import type { ImportRow } from './columns.ts'
import { htmlToText } from './html-to-text.ts'
import { limited, plain, readPrice, readStock, readWeight } from './read-cells.ts'
import { RowProblems } from './row-problem.ts'

export interface ImportedVariant {
  row: number
  /** Null when the file gives none. */
  sku: string | null
  barcode: string | null
  /** Of the first, second and third option; null where the file gives none. */
  optionValues: readonly (string | null)[]
  weightGrams: number
  price: PriceAmounts
  /** Pieces counted; null when the file does not say. */
  stock: number | null
}

/** What some rows of one handle say of a product; null and empty where they say nothing. */
export interface ImportedProduct {
  slug: string
  firstRow: number
  title: string | null
  description: string
  vendor: string | null
  category: string | null
  tags: readonly string[]
  status: ProductStatus | null
  /** At most three. Rows that come without their title do not say: the product's options are meant. */
  optionNames: readonly string[]
  variants: readonly ImportedVariant[]
  images: readonly { url: string; alt: string | null }[]
}

const optionColumns = [
  ['Option1 Name', 'Option1 Value'],
  ['Option2 Name', 'Option2 Value'],
  ['Option3 Name', 'Option3 Value'],
] as const

/** The product that rows with the same handle speak of: its first row has the title, any row a variant, a picture, or both. */
export function readProductRows(
  slug: string,
  rows: readonly ImportRow[],
  currency: CurrencyCode,
): { product: ImportedProduct; problems: RowProblems } {
  const problems = new RowProblems()
  const titled = rows.find((row) => row.cell('Title') !== '')
  const optionNames = readOptionNames(titled ?? rows[0])
  const product = {
    slug,
    firstRow: rows[0]?.line ?? 0,
    optionNames,
    ...readHead(titled, problems),
    variants: rows.flatMap((row) => readVariant(row, currency, problems)),
    images: rows.flatMap((row) => readImage(row, problems)),
  }
  for (const row of rows) {
    const isEmpty = row !== titled && !isVariantRow(row) && row.cell('Image Src') === ''
    if (isEmpty)
      problems.warn(row.line, null, 'ROW_EMPTY', 'Neither a variant nor a picture; nothing was done.')
  }
  return { product, problems }
}

/** The handle as an address; empty when there is nothing in it that an address can have. */
export function slugOfRow(row: ImportRow): string {
  return toSlug(plain(row, 'Handle'))
}

function readHead(row: ImportRow | undefined, problems: RowProblems) {
  if (!row) return { title: null, description: '', vendor: null, category: null, tags: [], status: null }
  const category = toSlug(row.cell('Type'), 80)
  return {
    title: limited(row, 'Title', row.cell('Title'), 255, problems),
    description: limited(row, 'Body (HTML)', htmlToText(row.cell('Body (HTML)')), 10_000, problems),
    vendor: limited(row, 'Vendor', row.cell('Vendor'), 255, problems) || null,
    category: category === '' ? null : category,
    tags: readTags(row.cell('Tags')),
    status: readStatus(row, problems),
  }
}

function readTags(text: string): string[] {
  const tags = text
    .slice(0, 5_000)
    .split(',')
    .map((tag) => tag.trim())
  return [...new Set(tags.filter((tag) => tag !== ''))].slice(0, 50)
}

function readStatus(row: ImportRow, problems: RowProblems): ProductStatus | null {
  const status = row.cell('Status').toUpperCase()
  if (status === 'DRAFT' || status === 'ACTIVE' || status === 'ARCHIVED') return status
  if (status !== '')
    problems.warn(
      row.line,
      'Status',
      'STATUS_UNKNOWN',
      'Not a status we know; the column Published was read.',
    )
  const published = row.cell('Published').toLowerCase()
  if (published === 'true') return 'ACTIVE'
  return published === 'false' ? 'DRAFT' : null
}

function readOptionNames(row: ImportRow | undefined): string[] {
  const names = optionColumns.map(([name]) => row?.cell(name) ?? '')
  // Shopify's way to say that a product has one variant and no options.
  if (names[0]?.toLowerCase() === 'title' && row?.cell('Option1 Value').toLowerCase() === 'default title')
    return []
  const last = names.findLastIndex((name) => name !== '')
  return names.slice(0, last + 1).map((name, index) => name || `Option ${String(index + 1)}`)
}

function isVariantRow(row: ImportRow): boolean {
  return (['Variant Price', 'Variant SKU', 'Option1 Value', 'Option2 Value', 'Option3 Value'] as const).some(
    (column) => row.cell(column) !== '',
  )
}

function readVariant(row: ImportRow, currency: CurrencyCode, problems: RowProblems): ImportedVariant[] {
  if (!isVariantRow(row)) return []
  const price = readPrice(row, currency, problems)
  if (!price) return []
  const sku = plain(row, 'Variant SKU')
  if ([...sku].length > 100) {
    problems.error(row.line, 'Variant SKU', 'SKU_INVALID', 'Longer than 100 characters; the row was refused.')
    return []
  }
  const optionValues = optionColumns.map(([, column]) => [...row.cell(column)].slice(0, 255).join('') || null)
  if (row.cell('Variant Taxable').toLowerCase() === 'false') {
    problems.warn(
      row.line,
      'Variant Taxable',
      'TAX_EXEMPTION_IGNORED',
      'Every article is taxed by its tax category.',
    )
  }
  const barcode = limited(row, 'Variant Barcode', plain(row, 'Variant Barcode'), 100, problems)
  return [
    {
      row: row.line,
      sku: sku === '' ? null : sku,
      barcode: barcode === '' ? null : barcode,
      optionValues,
      weightGrams: readWeight(row, problems),
      price,
      stock: readStock(row, problems),
    },
  ]
}

function readImage(row: ImportRow, problems: RowProblems): { url: string; alt: string | null }[] {
  const url = row.cell('Image Src')
  if (url === '') return []
  if (!/^https?:\/\/[^\s]+$/i.test(url) || url.length > 2_000) {
    problems.warn(row.line, 'Image Src', 'IMAGE_URL_INVALID', 'Not an address of the web; it was left out.')
    return []
  }
  return [{ url, alt: limited(row, 'Image Alt Text', row.cell('Image Alt Text'), 500, problems) || null }]
}

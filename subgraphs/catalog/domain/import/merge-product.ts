import {
  mostVariants,
  type Option,
  type OptionValue,
  type ProductInput,
  type VariantInput,
} from '../product.ts'
import { toSlug } from '../slug.ts'
import type { ImportedProduct, ImportedVariant } from './read-product-rows.ts'
import type { RowProblems } from './row-problem.ts'

export interface MergeContext {
  /** Language of the file's texts. */
  locale: string
  /** Market of the file's prices. */
  marketId: string
  /** Whether a product other than this one has the SKU. */
  isTaken(sku: string): boolean
}

export interface MergedProduct {
  product: ProductInput
  /** Counted pieces by SKU. */
  stock: ReadonlyMap<string, number>
}

/**
 * What a product becomes by the rows of a file. The file changes what it speaks of and nothing else: other languages,
 * other markets' prices and variants it does not name stay. Doing it twice is doing it once. Null when nothing can be made
 * of the rows, which is said in `problems`.
 */
export function mergeProduct(
  before: ProductInput | null,
  imported: ImportedProduct,
  context: MergeContext,
  problems: RowProblems,
): MergedProduct | null {
  const { locale } = context
  if (!before && imported.title === null) {
    const rows = imported.variants.length > 0 ? imported.variants.map(({ row }) => row) : [imported.firstRow]
    for (const row of rows) {
      problems.error(
        row,
        'Title',
        'TITLE_MISSING',
        'There is no product of this handle yet, and no title; the row was refused.',
      )
    }
    return null
  }
  const options = new OptionTable(before?.options ?? [], locale)
  const codes =
    imported.title === null
      ? options.all.slice(0, 3).map((option) => option.code)
      : imported.optionNames.map((name) => options.codeOf(name))
  const table = new VariantTable(before?.variants ?? [], imported.slug, context, problems)
  for (const variant of imported.variants) {
    const chosen: Record<string, string> = {}
    for (const [index, code] of codes.entries()) {
      const value = variant.optionValues[index]
      if (value != null) chosen[code] = options.valueOf(code, value)
      else {
        const column = `Option${String(index + 1)} Value`
        problems.warn(
          variant.row,
          column,
          'OPTION_MISSING',
          'The variant does not say which; it was left open.',
        )
      }
    }
    table.put(variant, chosen)
  }
  if (table.variants.length === 0) {
    if (problems.refusedRows() === 0) {
      problems.error(
        imported.firstRow,
        null,
        'VARIANT_MISSING',
        'The product has no variant with a price; it was refused.',
      )
    }
    return null
  }
  const product: ProductInput = {
    slug: imported.slug,
    status: imported.status ?? before?.status ?? 'ACTIVE',
    names: withText(before?.names, locale, imported.title ?? ''),
    descriptions: withText(before?.descriptions, locale, imported.description),
    details: before?.details ?? {},
    category: imported.category ?? before?.category ?? 'uncategorised',
    taxCategory: before?.taxCategory ?? 'standard',
    vendor: imported.vendor ?? before?.vendor ?? null,
    tags: imported.tags.length > 0 ? imported.tags : (before?.tags ?? []),
    options: options.all,
    variants: table.variants,
  }
  return { product, stock: table.stock }
}

function withText(before: Readonly<Record<string, string>> | undefined, locale: string, text: string) {
  return text === '' ? (before ?? {}) : { ...before, [locale]: text }
}

/** The product's options, growing by what the file names. Names are matched whatever their capitals. */
class OptionTable {
  readonly all: Option[]
  readonly #locale: string

  constructor(before: readonly Option[], locale: string) {
    this.all = [...before]
    this.#locale = locale
  }

  codeOf(name: string): string {
    const known = this.all.find((option) => isNamed(option, name))
    if (known) return known.code
    const code = freeCode(toSlug(name, 60) || 'option', this.all)
    this.all.push({ code, names: { [this.#locale]: name }, values: [] })
    return code
  }

  valueOf(optionCode: string, name: string): string {
    const index = this.all.findIndex((option) => option.code === optionCode)
    const option = this.all[index]
    if (!option) throw new Error(`There is no option ${optionCode}`)
    const known = option.values.find((value) => Object.values(value.names).includes(name))
    if (known) return known.code
    const code = freeCode(toSlug(name, 60) || 'value', option.values)
    const value: OptionValue = { code, names: { [this.#locale]: name } }
    this.all[index] = { ...option, values: [...option.values, value] }
    return code
  }
}

function isNamed(option: Option, name: string): boolean {
  const wanted = name.toLowerCase()
  return option.code === wanted || Object.values(option.names).some((known) => known.toLowerCase() === wanted)
}

// `S/M` and `S-M` are two values with one slug.
function freeCode(code: string, taken: readonly { code: string }[]): string {
  let free = code
  for (let n = 2; taken.some((other) => other.code === free); n++) free = `${code}-${String(n)}`
  return free
}

/** The product's variants while the file's rows come in. */
class VariantTable {
  readonly variants: VariantInput[]
  readonly stock = new Map<string, number>()
  readonly #claimed = new Map<string, number>()
  readonly #slug: string
  readonly #context: MergeContext
  readonly #problems: RowProblems

  constructor(before: readonly VariantInput[], slug: string, context: MergeContext, problems: RowProblems) {
    this.variants = [...before]
    this.#slug = slug
    this.#context = context
    this.#problems = problems
  }

  put(row: ImportedVariant, options: Readonly<Record<string, string>>): void {
    const face = faceOf(options)
    const twin = this.variants.find((variant) => faceOf(variant.options) === face)
    const twinRow = twin && this.#claimed.get(twin.sku)
    if (twinRow !== undefined && row.sku !== twin?.sku) {
      this.#refuse(
        row,
        'OPTIONS_DUPLICATE',
        `Line ${String(twinRow)} has the same options; the row was refused.`,
      )
      return
    }
    if (twinRow !== undefined) {
      this.#problems.warn(
        row.row,
        null,
        'ROW_DUPLICATE',
        `Says line ${String(twinRow)} again; this one holds.`,
      )
    }
    const sku = this.#skuFor(row, twin)
    if (sku === null) return
    // A variant that gets another SKU is another variant in the same place.
    const replaced =
      this.variants.find((variant) => variant.sku === sku) ?? (twinRow === undefined ? twin : undefined)
    const { marketId } = this.#context
    const variant: VariantInput = {
      ...replaced,
      sku,
      barcode: row.barcode,
      options,
      weightGrams: row.weightGrams,
      prices: { ...replaced?.prices, [marketId]: row.price },
    }
    if (!replaced && this.variants.length >= mostVariants) {
      this.#refuse(
        row,
        'TOO_MANY_VARIANTS',
        `A product has at most ${String(mostVariants)} variants; the row was refused.`,
      )
      return
    }
    if (replaced) this.variants[this.variants.indexOf(replaced)] = variant
    else this.variants.push(variant)
    this.#claimed.set(sku, row.row)
    if (row.stock !== null) this.stock.set(sku, row.stock)
  }

  /** The SKU the row gets. A second variant with the same SKU gets a number behind it, the same one each time. */
  #skuFor(row: ImportedVariant, twin: VariantInput | undefined): string | null {
    const wanted = row.sku
    if (wanted === null) {
      const sku = twin?.sku ?? this.#free(this.#slug, this.variants.length + 1)
      if (sku === null)
        this.#refuse(row, 'SKU_MISSING', 'No SKU, and none could be made; the row was refused.')
      else this.#problems.warn(row.row, 'Variant SKU', 'SKU_GENERATED', `There is no SKU; it got ${sku}.`)
      return sku
    }
    const isOwn = this.variants.some((variant) => variant.sku === wanted)
    const holder = this.#claimed.get(wanted)
    const isFree = isOwn ? holder === undefined || twin?.sku === wanted : !this.#context.isTaken(wanted)
    if (isFree) return wanted
    const sku = twin?.sku.startsWith(`${wanted}-`) ? twin.sku : this.#free(wanted, 2)
    if (sku === null) {
      this.#refuse(row, 'SKU_DUPLICATE', `The SKU ${wanted} has too many owners; the row was refused.`)
    } else {
      this.#problems.warn(
        row.row,
        'Variant SKU',
        'SKU_DUPLICATE',
        `Another variant has the SKU ${wanted}; it got ${sku}.`,
      )
    }
    return sku
  }

  #free(stem: string, from: number): string | null {
    for (const sku of skuCandidates(stem, from)) {
      const isUsed = this.variants.some((variant) => variant.sku === sku)
      if (!isUsed && !this.#context.isTaken(sku)) return sku
    }
    return null
  }

  #refuse(row: ImportedVariant, code: string, message: string): void {
    this.#problems.error(row.row, null, code, message)
  }
}

/** Names to try in turn for an article that needs one. */
export function skuCandidates(stem: string, from: number): string[] {
  return Array.from({ length: 20 }, (_, index) => `${stem}-${String(from + index)}`)
}

function faceOf(options: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(options).sort())
}

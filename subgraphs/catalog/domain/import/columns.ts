// Columns of Shopify's product CSV that are read; all others are let pass.
export const columns = [
  'Handle',
  'Title',
  'Body (HTML)',
  'Vendor',
  'Type',
  'Tags',
  'Published',
  'Status',
  'Option1 Name',
  'Option1 Value',
  'Option2 Name',
  'Option2 Value',
  'Option3 Name',
  'Option3 Value',
  'Variant SKU',
  'Variant Grams',
  'Variant Inventory Qty',
  'Variant Price',
  'Variant Compare At Price',
  'Variant Taxable',
  'Variant Barcode',
  'Image Src',
  'Image Alt Text',
] as const

export type Column = (typeof columns)[number]

const needed: readonly Column[] = ['Handle', 'Title', 'Variant Price']

/** One row of the file under its header; a cell that is not there is empty. */
export interface ImportRow {
  line: number
  cell(column: Column): string
}

export type Header = ReadonlyMap<Column, number>

/** Where each column is, whatever the order and the capitals; or which needed ones are missing. */
export function readHeader(titles: readonly string[]): { header: Header } | { missing: Column[] } {
  const positions = new Map<string, number>()
  for (const [index, title] of titles.entries()) {
    const key = title.trim().toLowerCase()
    if (!positions.has(key)) positions.set(key, index)
  }
  const header = new Map<Column, number>()
  for (const column of columns) {
    const position = positions.get(column.toLowerCase())
    if (position !== undefined) header.set(column, position)
  }
  const missing = needed.filter((column) => !header.has(column))
  return missing.length > 0 ? { missing } : { header }
}

export function toImportRow(header: Header, line: number, record: readonly string[]): ImportRow {
  return {
    line,
    cell: (column) => {
      const position = header.get(column)
      return position === undefined ? '' : clean(record[position] ?? '')
    },
  }
}

// What PostgreSQL cannot keep is no text anybody wrote: NUL, and halves of characters.
function clean(value: string): string {
  return value.replaceAll('\0', '').toWellFormed().trim()
}

import { isUuid } from '#app/forms/is-uuid.ts'

export interface OrderedLine {
  variantId: string
  quantity: number
}

/**
 * The lines of an order as a hidden field: `<variant>*<pieces>`, comma between. The form carries them, so that sending it a
 * second time sends the same order, also when the bag has been emptied by the first.
 */
export function writeLines(lines: readonly OrderedLine[]): string {
  return lines.map((line) => `${line.variantId}*${line.quantity}`).join(',')
}

/** The lines of the field; null when somebody has changed it into something else. */
export function readLines(text: string): OrderedLine[] | null {
  const lines: OrderedLine[] = []
  for (const part of text.split(',')) {
    const [variantId = '', pieces = ''] = part.split('*')
    if (!isUuid(variantId) || !/^[1-9]\d?$/.test(pieces)) return null
    lines.push({ variantId, quantity: Number(pieces) })
  }
  return lines.length <= 100 ? lines : null
}

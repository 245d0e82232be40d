import type { SellRequest } from './till-requests.ts'

/** A piece as the till sells it. */
export interface TillPiece {
  variantId: string
  sku: string
  name: string
  /** The chosen options, such as `Noir, 38`. */
  label: string
  price: { currency: string; minorUnits: string; amount: string }
  imageUrl: string | null
  color: string
}

export interface SaleLine extends TillPiece {
  quantity: number
  /** Why it cannot be sold as it is; null when nothing speaks against it. */
  problem: string | null
}

/** A sale in the making. */
export interface Sale {
  /** The same for every try to record it. */
  key: string
  lines: SaleLine[]
  /** What was sent and not answered yet. It may be recorded, so nothing changes until the same was sent again. */
  sent: SellRequest | null
}

export type SaleChange =
  | { kind: 'add'; piece: TillPiece }
  | { kind: 'set'; variantId: string; quantity: number }
  | { kind: 'flag'; problems: Readonly<Record<string, string>> }
  | { kind: 'send'; request: SellRequest }
  | { kind: 'answered' }
  | { kind: 'restore'; sale: Sale }
  | { kind: 'next'; key: string }

const mostPieces = 99
const mostLines = 100

export function changeSale(sale: Sale, change: SaleChange): Sale {
  switch (change.kind) {
    case 'add': {
      if (sale.sent !== null) return sale
      const held = sale.lines.find((line) => line.variantId === change.piece.variantId)
      if (held !== undefined) {
        return setQuantity(sale, held.variantId, held.quantity + 1)
      }
      if (sale.lines.length >= mostLines) return sale
      return { ...sale, lines: [...sale.lines, { ...change.piece, quantity: 1, problem: null }] }
    }
    case 'set':
      return sale.sent === null ? setQuantity(sale, change.variantId, change.quantity) : sale
    case 'flag':
      return {
        ...sale,
        lines: sale.lines.map((line) => ({ ...line, problem: change.problems[line.variantId] ?? null })),
      }
    case 'send':
      return { ...sale, sent: sale.sent ?? change.request }
    // Refused for good, so nothing was recorded: the sale is open again.
    case 'answered':
      return { ...sale, sent: null }
    case 'restore':
      return change.sale
    case 'next':
      return { key: change.key, lines: [], sent: null }
  }
}

function setQuantity(sale: Sale, variantId: string, quantity: number): Sale {
  const pieces = Math.min(quantity, mostPieces)
  return {
    ...sale,
    lines:
      pieces <= 0
        ? sale.lines.filter((line) => line.variantId !== variantId)
        : sale.lines.map((line) =>
            line.variantId === variantId ? { ...line, quantity: pieces, problem: null } : line,
          ),
  }
}

export function dueOf(sale: Sale): bigint {
  return sale.lines.reduce((sum, line) => sum + BigInt(line.price.minorUnits) * BigInt(line.quantity), 0n)
}

export function piecesOf(sale: Sale): number {
  return sale.lines.reduce((sum, line) => sum + line.quantity, 0)
}

import type { Cart, CartLine } from './generated/client.ts'

export type CartWithLines = Cart & { lines: CartLine[] }

/** Oldest first: an id holds the time its line was made. */
export const linesInOrder = { lines: { orderBy: { id: 'asc' } } } as const

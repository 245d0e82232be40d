import { expect, test } from 'vitest'
import { allocateGoods, type FreePieces } from './allocate-goods.ts'

/** Warehouses of the table: where they stand and who is asked first among equals. */
const places: Record<string, { country: string | null; priority: number }> = {
  PAR: { country: 'FR', priority: 1 },
  LYO: { country: 'FR', priority: 2 },
  MIL: { country: 'IT', priority: 1 },
  SHA: { country: 'CN', priority: 1 },
  SEA: { country: null, priority: 0 },
}

type Stock = Record<string, Record<string, number>>

function pieces(stock: Stock): FreePieces[] {
  return Object.entries(stock).flatMap(([warehouseId, variants]) =>
    Object.entries(variants).map(([variantId, free]) => ({
      variantId,
      warehouseId,
      free,
      ...(places[warehouseId] ?? { country: null, priority: 9 }),
    })),
  )
}

function allocate(
  stock: Stock,
  wanted: Record<string, number>,
  options: { to?: string | null; inOne?: boolean } = {},
): string {
  const lines = Object.entries(wanted).map(([variantId, quantity]) => ({ variantId, quantity }))
  const { to = 'FR', inOne = false } = options
  const allocation = allocateGoods({ lines, country: to, allowsSplit: !inOne }, pieces(stock))
  return allocation.kind === 'Short'
    ? `short ${allocation.lines.map((line) => `${line.variantId}:${String(line.available)}`).join(' ')}`
    : allocation.allotments
        .map((one) => `${one.warehouseId}:${one.variantId}:${String(one.quantity)}`)
        .sort()
        .join(' ')
}

test.each<[string, Stock, Record<string, number>, { to?: string | null; inOne?: boolean }, string]>([
  ['the nearest sends', { SHA: { a: 9 }, MIL: { a: 9 }, PAR: { a: 9 } }, { a: 2 }, {}, 'PAR:a:2'],
  ['near is near the customer', { SHA: { a: 9 }, PAR: { a: 9 } }, { a: 2 }, { to: 'JP' }, 'SHA:a:2'],
  ['among equals the priority decides', { LYO: { a: 9 }, PAR: { a: 9 } }, { a: 2 }, {}, 'PAR:a:2'],
  ['a warehouse of nowhere is the last', { SEA: { a: 9 }, SHA: { a: 9 } }, { a: 1 }, {}, 'SHA:a:1'],
  [
    'without a country the priority decides',
    { PAR: { a: 9 }, SEA: { a: 9 } },
    { a: 1 },
    { to: null },
    'SEA:a:1',
  ],
  ['the nearest with enough, not the nearest', { PAR: { a: 1 }, MIL: { a: 2 } }, { a: 2 }, {}, 'MIL:a:2'],
  [
    'one far parcel before two near ones',
    { PAR: { a: 1 }, LYO: { b: 1 }, SHA: { a: 1, b: 1 } },
    { a: 1, b: 1 },
    {},
    'SHA:a:1 SHA:b:1',
  ],
  [
    'split by line when nobody has all',
    { PAR: { a: 1 }, MIL: { b: 1 } },
    { a: 1, b: 1 },
    {},
    'MIL:b:1 PAR:a:1',
  ],
  [
    'in few parcels',
    { PAR: { a: 1 }, LYO: { a: 1, b: 1 }, MIL: { b: 1, c: 1 } },
    { a: 1, b: 1, c: 1 },
    {},
    'LYO:a:1 LYO:b:1 MIL:c:1',
  ],
  [
    'within a line, from the nearest on',
    { SHA: { a: 9 }, PAR: { a: 2 }, LYO: { a: 3 } },
    { a: 12 },
    {},
    'LYO:a:3 PAR:a:2 SHA:a:7',
  ],
  ['short is what all together lack', { PAR: { a: 1 }, MIL: { a: 2 } }, { a: 4 }, {}, 'short a:3'],
  ['only the short lines are told', { PAR: { a: 1, b: 5 } }, { a: 2, b: 5 }, {}, 'short a:1'],
  ['nowhere is nothing', {}, { a: 1 }, {}, 'short a:0'],
  ['less than nothing gives nothing', { PAR: { a: -3 }, LYO: { a: 2 } }, { a: 2 }, {}, 'LYO:a:2'],
  [
    'not split when that is not wanted',
    { PAR: { a: 1 }, MIL: { a: 2 } },
    { a: 3 },
    { inOne: true },
    'short a:1',
  ],
  [
    'unsplit, told by who has most lines whole',
    { PAR: { a: 1 }, MIL: { a: 1, b: 1 } },
    { a: 1, b: 2, c: 1 },
    { inOne: true },
    'short b:0 c:0',
  ],
  [
    'unsplit from the far one that has it',
    { PAR: { a: 1 }, SHA: { a: 3 } },
    { a: 3 },
    { inOne: true },
    'SHA:a:3',
  ],
])('%s', (_, stock, wanted, options, expected) => {
  expect(allocate(stock, wanted, options)).toBe(expected)
})

test('whatever the stock, every line is given exactly or nothing is, and nobody gives what it lacks', () => {
  let seed = 7
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((seed / 2_147_483_648) * below)
  }
  for (let round = 0; round < 500; round++) {
    const stock = Object.fromEntries(
      Object.keys(places).map((id) => [id, { a: random(4), b: random(4), c: random(3) }]),
    )
    const lines = ['a', 'b', 'c'].map((variantId) => ({ variantId, quantity: 1 + random(5) }))
    const allowsSplit = random(2) === 0
    const free = pieces(stock)
    const allocation = allocateGoods({ lines, country: 'FR', allowsSplit }, free)
    const total = (variantId: string) =>
      free.filter((row) => row.variantId === variantId).reduce((sum, row) => sum + row.free, 0)
    const couldBeSplit = lines.every((line) => total(line.variantId) >= line.quantity)
    if (allocation.kind === 'Short') {
      expect(allocation.lines.length).toBeGreaterThan(0)
      if (allowsSplit) expect(couldBeSplit).toBe(false)
      continue
    }
    for (const line of lines) {
      const given = allocation.allotments.filter((one) => one.variantId === line.variantId)
      expect(given.reduce((sum, one) => sum + one.quantity, 0)).toBe(line.quantity)
      expect(new Set(given.map((one) => one.warehouseId)).size).toBe(given.length)
    }
    for (const one of allocation.allotments) {
      expect(one.quantity).toBeGreaterThan(0)
      expect(stock[one.warehouseId]?.[one.variantId as 'a'] ?? 0).toBeGreaterThanOrEqual(one.quantity)
    }
    if (!allowsSplit) expect(new Set(allocation.allotments.map((one) => one.warehouseId)).size).toBe(1)
  }
})

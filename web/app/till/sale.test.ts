import { expect, test } from 'vitest'
import { changeSale, dueOf, piecesOf, type Sale, type TillPiece } from './sale.ts'

const empty: Sale = { key: 'k', lines: [], sent: null }
const bag: TillPiece = {
  variantId: 'v1',
  sku: 'BAG-1',
  name: 'Bag',
  label: 'Noir',
  price: { currency: 'EUR', minorUnits: '189000', amount: '1890.00' },
  imageUrl: null,
  color: '#000000',
}

test('the same piece again is one more of it', () => {
  const sale = changeSale(changeSale(empty, { kind: 'add', piece: bag }), { kind: 'add', piece: bag })
  expect(sale.lines).toHaveLength(1)
  expect(piecesOf(sale)).toBe(2)
  expect(dueOf(sale)).toBe(378_000n)
})

test('no quantity is no line, and a line never holds more than 99', () => {
  const sale = changeSale(empty, { kind: 'add', piece: bag })
  expect(changeSale(sale, { kind: 'set', variantId: 'v1', quantity: 0 }).lines).toEqual([])
  expect(piecesOf(changeSale(sale, { kind: 'set', variantId: 'v1', quantity: 500 }))).toBe(99)
})

test('a sale that was sent stays as it is until it is answered', () => {
  const request = { lines: [], tenders: [], soldAt: '2026-11-20T10:00:00.000Z', idempotencyKey: 'k' }
  const sent = changeSale(changeSale(empty, { kind: 'add', piece: bag }), { kind: 'send', request })
  expect(changeSale(sent, { kind: 'send', request: { ...request, soldAt: 'later' } }).sent).toBe(request)
  expect(changeSale(sent, { kind: 'add', piece: bag })).toBe(sent)
  expect(changeSale(sent, { kind: 'set', variantId: 'v1', quantity: 5 })).toBe(sent)
  const open = changeSale(sent, { kind: 'answered' })
  expect(open).toMatchObject({ sent: null, key: 'k' })
  expect(piecesOf(changeSale(open, { kind: 'add', piece: bag }))).toBe(2)
})

test('a change of its quantity takes a problem off a line', () => {
  const flagged = changeSale(changeSale(empty, { kind: 'add', piece: bag }), {
    kind: 'flag',
    problems: { v1: 'None left' },
  })
  expect(flagged.lines[0]?.problem).toBe('None left')
  expect(changeSale(flagged, { kind: 'set', variantId: 'v1', quantity: 2 }).lines[0]?.problem).toBeNull()
})

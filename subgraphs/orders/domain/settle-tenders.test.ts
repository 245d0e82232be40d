import fc from 'fast-check'
import { expect, test } from 'vitest'
import { settleTenders, type Tender } from './settle-tenders.ts'

const cash = (amountMinor: bigint): Tender => ({ kind: 'CASH', amountMinor })
const card = (amountMinor: bigint): Tender => ({ kind: 'TERMINAL', amountMinor })

test('cash may exceed what is due, and the change is taken from it', () => {
  expect(settleTenders(80n, [card(30n), cash(100n)])).toEqual({
    kind: 'Settled',
    changeMinor: 50n,
    kept: [card(30n), cash(50n)],
  })
})

test('notes that are given back whole are not told', () => {
  expect(settleTenders(50n, [cash(50n), cash(20n)])).toMatchObject({ changeMinor: 20n, kept: [cash(50n)] })
})

test('too little, or change from a card, does not settle', () => {
  expect(settleTenders(80n, [cash(79n)]).kind).toBe('TenderMismatchError')
  expect(settleTenders(80n, [card(81n)]).kind).toBe('TenderMismatchError')
  expect(settleTenders(80n, [card(90n), cash(5n)]).kind).toBe('TenderMismatchError')
})

test('what the till keeps is exactly what is due', () => {
  const tender = fc.record<Tender>({
    kind: fc.constantFrom('CASH', 'TERMINAL'),
    amountMinor: fc.bigInt(1n, 1000n),
  })
  fc.assert(
    fc.property(fc.bigInt(0n, 3000n), fc.array(tender, { maxLength: 10 }), (due, tenders) => {
      const settled = settleTenders(due, tenders)
      if (settled.kind !== 'Settled') return
      const sum = (list: Tender[]) => list.reduce((total, each) => total + each.amountMinor, 0n)
      expect(sum(settled.kept)).toBe(due)
      expect(sum(settled.kept) + settled.changeMinor).toBe(sum(tenders))
      expect(settled.kept.every((kept) => kept.amountMinor > 0n)).toBe(true)
    }),
  )
})

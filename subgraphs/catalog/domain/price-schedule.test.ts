import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placePrice, type Slot } from './price-schedule.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 20, hour))
const slot = (from: number, to: number | null): Slot => ({
  validFrom: at(from),
  validTo: to === null ? null : at(to),
})
const now = at(10)

test.each<[string, Slot[], [from: number | null, to: number | null], Slot | 'Overlap', cut?: number]>([
  ['the first price holds from now on', [], [null, null], slot(10, null)],
  ['a new price from now ends the one that holds', [slot(1, null)], [null, null], slot(10, null), 1],
  ['one from now ends also what has an end', [slot(1, 12)], [null, null], slot(10, null), 1],
  ['one that is announced stays and ends it', [slot(1, 15), slot(15, null)], [null, null], slot(10, 15), 1],
  ['a price to come ends what has no end', [slot(1, null)], [12, null], slot(12, null), 1],
  ['a price to come may not cut what has an end', [slot(1, 13)], [12, null], 'Overlap'],
  ['it may begin where that ends', [slot(1, 12)], [12, 14], slot(12, 14)],
  ['it may not reach into the next', [slot(1, 12), slot(14, null)], [12, 15], 'Overlap'],
  ['at the same moment it takes the place of the other', [slot(12, 14)], [12, null], slot(12, null)],
])('%s', (_, slots, [from, to], expected, cut) => {
  const wanted = { validFrom: from === null ? null : at(from), validTo: to === null ? null : at(to) }
  const placed = placePrice(slots, wanted, now)
  if (expected === 'Overlap') {
    expect(placed.kind).toBe('Overlap')
    return
  }
  expect(placed).toMatchObject({ kind: 'Placed', slot: expected })
  const cutAt = placed.kind === 'Placed' ? (placed.cut?.validFrom ?? null) : null
  expect(cutAt).toEqual(cut === undefined ? null : at(cut))
})

test('whatever is asked for, no two prices ever hold at once', () => {
  const hour = fc.integer({ min: 11, max: 40 })
  const wanted = fc.record({
    validFrom: fc.option(hour.map(at)),
    length: fc.option(fc.integer({ min: 1, max: 9 })),
  })
  fc.assert(
    fc.property(fc.array(wanted, { maxLength: 12 }), (asked) => {
      let slots: Slot[] = [slot(1, null)]
      for (const { validFrom, length } of asked) {
        const begins = (validFrom ?? now).getTime()
        const validTo = length === null ? null : new Date(begins + length * 3_600_000)
        const placed = placePrice(slots, { validFrom, validTo }, now)
        if (placed.kind === 'Overlap') continue
        slots = slots.filter((one) => one !== placed.replaced)
        if (placed.cut) placed.cut.validTo = placed.slot.validFrom
        slots.push(placed.slot)
      }
      const sorted = slots.sort((a, b) => a.validFrom.getTime() - b.validFrom.getTime())
      for (const [index, one] of sorted.entries()) {
        const next = sorted[index + 1]
        if (next) expect(one.validTo !== null && one.validTo <= next.validFrom).toBe(true)
        if (one.validTo) expect(one.validTo > one.validFrom).toBe(true)
      }
    }),
  )
})

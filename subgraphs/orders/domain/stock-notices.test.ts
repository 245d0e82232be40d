import { expect, test } from 'vitest'
import { decideNotices } from './stock-notices.ts'

const none = { soldOutMarkets: [], lowWarehouses: [] }
const at = (free: number, lowAt = 5) => ({ markets: {}, marked: [{ warehouseId: 'w', free, lowAt }] })
const inFrance = (available: number) => ({ markets: { FR: available }, marked: [] })

test('a fall below the mark is told once, and again only after there was more than the mark', () => {
  let low: readonly string[] = []
  const falls = [6, 5, 4, 3, 5, 4, 5, 6, 5, 4].map((free) => {
    const decision = decideNotices(at(free), { ...none, lowWarehouses: low })
    low = decision.lowWarehouses
    return decision.fellIn.length
  })
  expect(falls).toEqual([0, 0, 1, 0, 0, 0, 0, 0, 0, 1])
})

test('a mark that is taken away is never low', () => {
  const decision = decideNotices({ markets: {}, marked: [] }, { ...none, lowWarehouses: ['w'] })
  expect(decision).toMatchObject({ lowWarehouses: [], fellIn: [], isChanged: true })
})

test('back is what was sold out and is not', () => {
  expect(decideNotices(inFrance(0), none)).toMatchObject({ soldOutMarkets: ['FR'], backIn: [] })
  const soldOut = { ...none, soldOutMarkets: ['FR'] }
  expect(decideNotices(inFrance(0), soldOut)).toMatchObject({ backIn: [], isChanged: false })
  expect(decideNotices(inFrance(1), soldOut)).toMatchObject({ soldOutMarkets: [], backIn: ['FR'] })
  expect(decideNotices(inFrance(2), none)).toMatchObject({ backIn: [], isChanged: false })
})

test('what nobody has told of comes for the first time, not again', () => {
  expect(decideNotices(inFrance(3), null)).toMatchObject({ backIn: [], isChanged: true })
  expect(decideNotices({ ...inFrance(0), ...at(1), markets: { FR: 0 } }, null)).toMatchObject({
    soldOutMarkets: ['FR'],
    fellIn: ['w'],
  })
})

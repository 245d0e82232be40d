import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CurrencyCode, currencyCodes } from './currencies.ts'
import {
  add,
  allocate,
  compare,
  fromDecimal,
  money,
  multiply,
  negate,
  subtract,
  sum,
  toDecimal,
} from './money.ts'

const units = fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n })
const currency = fc.constantFrom(...currencyCodes)
const eur = (minorUnits: bigint) => money('EUR', minorUnits)
const badUserInput = expect.objectContaining({ code: 'BAD_USER_INPUT' }) as Error

describe('arithmetic', () => {
  test('a sum is exact and does not depend on the order', () => {
    fc.assert(
      fc.property(fc.array(units), (amounts) => {
        const there = sum('EUR', amounts.map(eur))
        const back = sum('EUR', [...amounts].reverse().map(eur))
        expect(there).toEqual(back)
        expect(there.minorUnits).toBe(amounts.reduce((a, b) => a + b, 0n))
      }),
    )
  })

  test('what is added can be subtracted again', () => {
    fc.assert(
      fc.property(units, units, (a, b) => {
        expect(subtract(add(eur(a), eur(b)), eur(b))).toEqual(eur(a))
        expect(add(eur(a), negate(eur(a)))).toEqual(eur(0n))
      }),
    )
  })

  test('a multiple is repeated addition', () => {
    fc.assert(
      fc.property(units, fc.integer({ min: 0, max: 50 }), (a, n) => {
        expect(multiply(eur(a), n)).toEqual(
          sum(
            'EUR',
            Array.from({ length: n }, () => eur(a)),
          ),
        )
      }),
    )
  })

  test('comparison orders like the amounts', () => {
    expect([eur(3n), eur(-1n), eur(2n)].sort(compare)).toEqual([eur(-1n), eur(2n), eur(3n)])
    expect(compare(eur(1n), eur(1n))).toBe(0)
  })

  test('two currencies are never combined', () => {
    const yen = money('JPY', 1n)
    for (const combine of [add, subtract, compare]) expect(() => combine(eur(1n), yen)).toThrow(TypeError)
    expect(() => sum('EUR', [yen])).toThrow(TypeError)
  })

  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('a factor of %s is refused', (factor) => {
    expect(() => multiply(eur(1n), factor)).toThrow(RangeError)
  })
})

describe('allocation', () => {
  const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 30 })

  test('the parts add up to the amount exactly', () => {
    fc.assert(
      fc.property(units, weights, (amount, given) => {
        expect(sum('EUR', allocate(eur(amount), given))).toEqual(eur(amount))
      }),
    )
  })

  test('each part is within one minor unit of its exact share, and nothing for nothing', () => {
    fc.assert(
      fc.property(units, weights, (amount, given) => {
        const total = given.reduce((a, b) => a + b, 0n)
        fc.pre(total > 0n)
        allocate(eur(amount), given).forEach((part, index) => {
          const weight = given[index] ?? 0n
          const error = part.minorUnits * total - amount * weight
          expect((error < 0n ? -error : error) < total).toBe(true)
          if (weight === 0n) expect(part.minorUnits).toBe(0n)
        })
      }),
    )
  })

  test('a refund is split as the sale was', () => {
    fc.assert(
      fc.property(units, weights, (amount, given) => {
        expect(allocate(negate(eur(amount)), given)).toEqual(allocate(eur(amount), given).map(negate))
      }),
    )
  })

  test('a hundred cents in three are 34, 33, 33', () => {
    expect(allocate(eur(100n), [1, 1, 1])).toEqual([eur(34n), eur(33n), eur(33n)])
  })

  test('weights that are all zero count as equal', () => {
    expect(allocate(eur(3n), [0, 0])).toEqual([eur(2n), eur(1n)])
  })

  test.each([[[]], [[-1, 2]], [[0.5]]])('weights %j are refused', (given) => {
    expect(() => allocate(eur(1n), given)).toThrow(RangeError)
  })
})

describe('decimals', () => {
  test.each<[CurrencyCode, bigint, string]>([
    ['EUR', 123450n, '1234.50'],
    ['EUR', -5n, '-0.05'],
    ['EUR', 0n, '0.00'],
    ['JPY', 980n, '980'],
    ['KWD', 1n, '0.001'],
    ['CLF', -12345n, '-1.2345'],
    ['HUF', 100n, '1.00'],
  ])('%s %s is written %s', (code, minorUnits, text) => {
    expect(toDecimal(money(code, minorUnits))).toBe(text)
    expect(fromDecimal(code, text)).toEqual(money(code, minorUnits))
  })

  test('what is written is read back, in every currency', () => {
    fc.assert(
      fc.property(currency, units, (code, amount) => {
        expect(fromDecimal(code, toDecimal(money(code, amount)))).toEqual(money(code, amount))
      }),
    )
  })

  test('fewer digits, and zeros beyond the last, are read', () => {
    expect(fromDecimal('EUR', '12.5')).toEqual(eur(1250n))
    expect(fromDecimal('EUR', '12.5000')).toEqual(eur(1250n))
    expect(fromDecimal('JPY', '1200.00')).toEqual(money('JPY', 1200n))
    expect(fromDecimal('EUR', '007')).toEqual(eur(700n))
  })

  test.each([
    '',
    ' ',
    '.',
    '1.',
    '.5',
    '1,50',
    '1 000',
    '+1',
    '1e3',
    '--1',
    '0x10',
    '١٢',
    'NaN',
    '1.005',
    '1\n',
    '9'.repeat(31),
  ])('%j is no amount in euros', (text) => {
    expect(() => fromDecimal('EUR', text)).toThrow(badUserInput)
  })

  test('an amount that PostgreSQL could not hold is refused', () => {
    expect(fromDecimal('JPY', '9223372036854775807').minorUnits).toBe(2n ** 63n - 1n)
    expect(() => fromDecimal('JPY', '9223372036854775808')).toThrow(badUserInput)
  })

  test('an unknown currency never becomes an amount', () => {
    expect(() => toDecimal(money('XXX' as CurrencyCode, 1n))).toThrow(RangeError)
  })
})

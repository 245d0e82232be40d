// What one piece costs on the shelf when promotions of the catalogue hold, worked out by hand. Catalog shows such prices and
// orders charges them, each by code of its own: both are held to these cases.
import type { promotionChanged } from './catalog.ts'

type Promotion = (typeof promotionChanged)['payload']['_output']
type Action = Promotion['actions'][number]
type Goods = Extract<Action, { kind: 'PERCENTAGE' }>['goods']

export interface ShelfPriceCase {
  name: string
  market: { marketId: string; currency: string; roundingMode: 'HALF_EVEN' | 'HALF_UP' }
  piece: {
    productId: string
    variantId: string
    category: string
    collectionIds: string[]
    amountMinor: string
    compareAtMinor: string | null
  }
  promotions: Promotion[]
  at: string
  /** What one piece costs then. */
  amountMinor: string
  /** What each promotion takes off it, in the order they come. */
  reductions: { promotionId: string; offMinor: string }[]
}

const id = (ending: string) => `0190a000-0000-7000-8000-${ending.padStart(12, '0')}`
const [first, second, third] = [id('1'), id('2'), id('3')]
const bag = id('a1')
const summer = id('c1')
const winter = id('c2')

const france = { marketId: 'FR', currency: 'EUR', roundingMode: 'HALF_UP' } as const
const japan = { marketId: 'JP', currency: 'JPY', roundingMode: 'HALF_UP' } as const
const kuwait = { marketId: 'KW', currency: 'KWD', roundingMode: 'HALF_EVEN' } as const

const anything: Goods = {
  productIds: [],
  variantIds: [],
  categories: [],
  collectionIds: [],
  excludesReduced: false,
}
const piece = (amountMinor: string, compareAtMinor: string | null = null) => ({
  productId: bag,
  variantId: id('b1'),
  category: 'bags',
  collectionIds: [summer],
  amountMinor,
  compareAtMinor,
})
const percent = (ppm: number, goods: Partial<Goods> = {}): Action => ({
  kind: 'PERCENTAGE',
  ppm,
  goods: { ...anything, ...goods },
})
const amount = (amounts: Record<string, string>): Action => ({
  kind: 'AMOUNT_PER_PIECE',
  amounts,
  goods: anything,
})
const promotion = (promotionId: string, actions: Action[], over: Partial<Promotion> = {}): Promotion => ({
  promotionId,
  names: { en: `Promotion ${promotionId.slice(-1)}` },
  scope: 'CATALOG',
  marketIds: [],
  priority: 100,
  stacking: 'STACKS',
  needsVoucher: false,
  conditions: [],
  actions,
  startsAt: '2026-11-01T00:00:00.000Z',
  endsAt: '2026-12-01T00:00:00.000Z',
  isActive: true,
  ...over,
})

const common = { market: france, at: '2026-11-20T12:00:00.000Z' }

export const shelfPriceCases: readonly ShelfPriceCase[] = [
  {
    ...common,
    name: 'without a promotion a piece costs its price',
    piece: piece('195000'),
    promotions: [],
    amountMinor: '195000',
    reductions: [],
  },
  {
    ...common,
    name: '15 % off',
    piece: piece('195000'),
    promotions: [promotion(first, [percent(150_000)])],
    amountMinor: '165750',
    reductions: [{ promotionId: first, offMinor: '29250' }],
  },
  {
    ...common,
    name: 'half a cent off is rounded up where the market says so',
    piece: piece('1010'),
    promotions: [promotion(first, [percent(150_000)])],
    amountMinor: '858',
    reductions: [{ promotionId: first, offMinor: '152' }],
  },
  {
    ...common,
    name: 'half a fils off goes to the even one where the market says so',
    market: kuwait,
    piece: piece('1010'),
    promotions: [promotion(first, [percent(50_000)])],
    amountMinor: '960',
    reductions: [{ promotionId: first, offMinor: '50' }],
  },
  {
    ...common,
    name: 'yen have no smaller unit',
    market: japan,
    piece: piece('310005'),
    promotions: [promotion(first, [percent(100_000)])],
    amountMinor: '279004',
    reductions: [{ promotionId: first, offMinor: '31001' }],
  },
  {
    ...common,
    name: 'the lower priority comes first, and the next is reckoned from what it left',
    piece: piece('100000'),
    promotions: [
      promotion(first, [percent(100_000)], { priority: 200 }),
      promotion(second, [amount({ EUR: '10000' })], { priority: 100 }),
    ],
    amountMinor: '81000',
    reductions: [
      { promotionId: second, offMinor: '10000' },
      { promotionId: first, offMinor: '9000' },
    ],
  },
  {
    ...common,
    name: 'of the same priority the lower id comes first',
    piece: piece('100000'),
    promotions: [promotion(second, [amount({ EUR: '10000' })]), promotion(first, [percent(100_000)])],
    amountMinor: '80000',
    reductions: [
      { promotionId: first, offMinor: '10000' },
      { promotionId: second, offMinor: '10000' },
    ],
  },
  {
    ...common,
    name: 'an amount never takes more than the price',
    piece: piece('3000'),
    promotions: [promotion(first, [amount({ EUR: '5000' })]), promotion(second, [percent(100_000)])],
    amountMinor: '0',
    reductions: [{ promotionId: first, offMinor: '3000' }],
  },
  {
    ...common,
    name: 'an amount in another currency does nothing',
    market: japan,
    piece: piece('3000'),
    promotions: [promotion(first, [amount({ EUR: '5000' })])],
    amountMinor: '3000',
    reductions: [],
  },
  {
    ...common,
    name: 'an exclusive one closes the piece to all later ones',
    piece: piece('100000'),
    promotions: [
      promotion(first, [percent(200_000)], { stacking: 'EXCLUSIVE' }),
      promotion(second, [percent(100_000)]),
    ],
    amountMinor: '80000',
    reductions: [{ promotionId: first, offMinor: '20000' }],
  },
  {
    ...common,
    name: 'an exclusive one takes nothing that an earlier one has touched',
    piece: piece('100000'),
    promotions: [
      promotion(first, [percent(100_000)]),
      promotion(second, [percent(200_000)], { stacking: 'EXCLUSIVE' }),
      promotion(third, [percent(100_000)]),
    ],
    amountMinor: '81000',
    reductions: [
      { promotionId: first, offMinor: '10000' },
      { promotionId: third, offMinor: '9000' },
    ],
  },
  {
    ...common,
    name: 'an exclusive one that is about other goods closes nothing',
    piece: piece('100000'),
    promotions: [
      promotion(first, [percent(200_000, { collectionIds: [winter] })], { stacking: 'EXCLUSIVE' }),
      promotion(second, [percent(100_000, { collectionIds: [winter, summer] })]),
    ],
    amountMinor: '90000',
    reductions: [{ promotionId: second, offMinor: '10000' }],
  },
  {
    ...common,
    name: 'several actions of one promotion follow one another, also of an exclusive one',
    piece: piece('100000'),
    promotions: [promotion(first, [amount({ EUR: '20000' }), percent(100_000)], { stacking: 'EXCLUSIVE' })],
    amountMinor: '72000',
    reductions: [{ promotionId: first, offMinor: '28000' }],
  },
  {
    ...common,
    name: 'what is reduced already can be left out',
    piece: piece('100000', '120000'),
    promotions: [
      promotion(first, [percent(100_000, { excludesReduced: true })]),
      promotion(second, [percent(50_000)]),
    ],
    amountMinor: '95000',
    reductions: [{ promotionId: second, offMinor: '5000' }],
  },
  {
    ...common,
    name: 'a promotion of another market, one of the basket, one that is off, one to come and one that is over do nothing',
    piece: piece('100000'),
    promotions: [
      promotion(id('4'), [percent(100_000)], { marketIds: ['JP', 'US'] }),
      promotion(id('5'), [{ kind: 'AMOUNT', amounts: { EUR: '1' }, goods: anything }], { scope: 'ORDER' }),
      promotion(id('6'), [percent(100_000)], { isActive: false }),
      promotion(id('7'), [percent(100_000)], { startsAt: '2026-11-20T12:00:00.001Z' }),
      promotion(id('8'), [percent(100_000)], { endsAt: '2026-11-20T12:00:00.000Z' }),
      promotion(id('9'), [percent(100_000)], { marketIds: ['JP', 'FR'], startsAt: common.at, endsAt: null }),
    ],
    amountMinor: '90000',
    reductions: [{ promotionId: id('9'), offMinor: '10000' }],
  },
]

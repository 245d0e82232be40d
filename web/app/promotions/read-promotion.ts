import { parseAmount } from '#app/staff/amount.ts'
import type {
  PromotionActionInput,
  PromotionConditionInput,
  PromotionGoodsInput,
  SavePromotionInput,
} from '#generated/graphql.ts'
import { keptKind, nameLocales, type PromotionValues } from './promotion-values.ts'

// What the fields of the form say, as the API takes it.

type Goods = PromotionGoodsInput

/** A currency and how many digits it has after the point. */
export interface Currency {
  code: string
  digits: number
}

export type ReadPromotion =
  | { input: Omit<SavePromotionInput, 'id' | 'version' | 'idempotencyKey'> }
  | { field: string; problem: string }

class Unreadable extends Error {
  readonly field: string

  constructor(field: string, message: string) {
    super(message)
    this.field = field
  }
}

/** What the fields say, as the API takes it; `kept` is the promotion they were made from, `giftId` the variant of the gift's SKU. */
export function readPromotion(
  values: PromotionValues,
  known: {
    currencies: readonly Currency[]
    giftId: string | null
    kept: Pick<SavePromotionInput, 'scope' | 'conditions' | 'actions' | 'names'> | null
  },
): ReadPromotion {
  try {
    const own = nameLocales.flatMap(([locale]) => {
      const text = values[`name.${locale}`] ?? ''
      return text === '' ? [] : [{ locale, text }]
    })
    if (own[0]?.locale !== 'en') throw new Unreadable('name.en', 'A promotion needs an English name.')
    const others = (known.kept?.names ?? []).filter(
      ({ locale }) => !nameLocales.some(([code]) => code === locale),
    )
    return {
      input: {
        names: [...own, ...others],
        marketIds: Object.keys(values).flatMap((name) => (name.startsWith('market.') ? [name.slice(7)] : [])),
        priority: whole(values, 'priority'),
        stacking: values.stacking === 'EXCLUSIVE' ? 'EXCLUSIVE' : 'STACKS',
        needsVoucher: values.needsVoucher === 'on',
        isActive: values.isActive === 'on',
        startsAt: instant(values, 'startsAt') ?? new Date().toISOString(),
        endsAt: instant(values, 'endsAt'),
        ...(values.does === keptKind.value && known.kept
          ? { scope: known.kept.scope, conditions: known.kept.conditions ?? [], actions: known.kept.actions }
          : whatItDoes(values, known)),
      },
    }
  } catch (error) {
    if (error instanceof Unreadable) return { field: error.field, problem: error.message }
    throw error
  }
}

function whatItDoes(
  values: PromotionValues,
  { currencies, giftId }: { currencies: readonly Currency[]; giftId: string | null },
): Pick<SavePromotionInput, 'scope' | 'conditions' | 'actions'> {
  const goods: Goods = {
    collectionIds: values.collection ? [values.collection] : [],
    excludesReduced: values.excludesReduced === 'on',
  }
  const isOnShelf = values.does?.startsWith('shelf-') === true
  return {
    scope: isOnShelf ? 'CATALOG' : 'ORDER',
    actions: [action(values, { goods, currencies, giftId })],
    conditions: isOnShelf ? [] : conditions(values, currencies),
  }
}

function action(
  values: PromotionValues,
  known: { goods: Goods; currencies: readonly Currency[]; giftId: string | null },
): PromotionActionInput {
  const { goods, currencies, giftId } = known
  switch (values.does) {
    case 'shelf-amount':
      return { amountPerPiece: { amounts: someAmounts(values, 'amount', currencies), goods } }
    case 'amount':
      return { amount: { amounts: someAmounts(values, 'amount', currencies), goods } }
    case 'delivery':
      return { shippingPpm: ppm(values) }
    case 'gift':
      if (giftId === null) throw new Unreadable('giftSku', 'No article on sale has this number.')
      return { gift: { variantId: giftId, quantity: whole(values, 'getQuantity') } }
    case 'buy-get':
      return {
        buyXGetY: {
          ...{ buyQuantity: whole(values, 'buyQuantity'), buyGoods: goods },
          ...{ getQuantity: whole(values, 'getQuantity'), getGoods: goods, ppm: ppm(values) },
        },
      }
    default:
      return { percentage: { ppm: ppm(values), goods } }
  }
}

function conditions(values: PromotionValues, currencies: readonly Currency[]): PromotionConditionInput[] {
  const found: PromotionConditionInput[] = []
  const amounts = readAmounts(values, 'from', currencies)
  if (amounts.length > 0) found.push({ subtotalAtLeast: { amounts } })
  if (values.least) found.push({ quantityAtLeast: { quantity: whole(values, 'least') } })
  return found
}

function readAmounts(values: PromotionValues, prefix: string, currencies: readonly Currency[]) {
  return currencies.flatMap(({ code, digits }) => {
    const name = `${prefix}.${code}`
    const text = values[name] ?? ''
    if (text === '') return []
    const minorUnits = parseAmount(text, digits)
    if (minorUnits === null || minorUnits === 0n) throw new Unreadable(name, `This is no amount in ${code}.`)
    return [{ currency: code, minorUnits: String(minorUnits) }]
  })
}

function someAmounts(values: PromotionValues, prefix: string, currencies: readonly Currency[]) {
  const amounts = readAmounts(values, prefix, currencies)
  const [first] = currencies
  if (amounts.length === 0) throw new Unreadable(`${prefix}.${first?.code ?? ''}`, 'Give an amount.')
  return amounts
}

function ppm(values: PromotionValues): number {
  const hundredths = parseAmount(values.percent ?? '', 4)
  if (hundredths === null || hundredths < 1n || hundredths > 1_000_000n)
    throw new Unreadable('percent', 'Give a percentage above 0 and up to 100.')
  return Number(hundredths)
}

function whole(values: PromotionValues, name: string): number {
  const text = values[name] ?? ''
  if (!/^\d{1,4}$/.test(text)) throw new Unreadable(name, 'Give a whole number.')
  return Number(text)
}

function instant(values: PromotionValues, name: string): string | null {
  const text = values[name] ?? ''
  if (text === '') return null
  const date = new Date(`${text}Z`)
  if (Number.isNaN(date.getTime())) throw new Unreadable(name, 'Give a day and a time.')
  return date.toISOString()
}

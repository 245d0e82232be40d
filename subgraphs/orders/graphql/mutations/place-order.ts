import { z } from 'zod'
import { type Refuse, transactOrRefuse } from '#platform/database/transact-or-refuse.ts'
import { unauthenticated } from '#platform/errors/errors.ts'
import { moneyColumns } from '#platform/graphql/money-output.ts'
import { type InvalidInput, invalidInput, parseInput } from '#platform/graphql/parse-input.ts'
import { text } from '#platform/graphql/text-input.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import { hashReference, orderReference } from '../../order-reference.ts'
import { signPaymentTicket } from '../../payment-ticket.ts'
import { type Destination, placeOrder as place, type PlaceOrderRefusal } from '../../usecases/place-order.ts'
import { notSoldHere } from '../../usecases/price-as-seen.ts'
import { goodsRefusalResult } from '../goods-refusal-result.ts'
import { idempotencyKey, orderLines, unknownIds, voucherCodes } from '../line-inputs.ts'
import { isMarketCode } from '../market-code.ts'
import type { Ctx, Services } from '../services.ts'

/** Absent, null and blank all mean none. */
const optional = (max: number) =>
  z.preprocess(
    (value) => (value == null || (typeof value === 'string' && value.trim() === '') ? null : value),
    text({ max }).nullable(),
  )

const noSuchShop = 'There is no such boutique in this market.'

const address = z.object({
  name: text({ max: 200 }),
  lines: z
    .array(text({ max: 200 }))
    .min(1, 'needs a line')
    .max(3, 'has more than 3 lines'),
  city: text({ max: 100 }),
  region: optional(100),
  postalCode: optional(20),
  country: z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166 code of two letters'),
  phone: optional(40),
})

const placeOrderInput = z.object({
  cartId: z.string().refine(isUuid, 'must be the id of a cart').nullish(),
  market: z.string().refine(isMarketCode, 'There is no such market.'),
  lines: orderLines,
  shippingAddress: address.nullish(),
  pickUpShopId: z.string().refine(isUuid, noSuchShop).nullish(),
  collector: z.object({ name: text({ max: 200 }), phone: optional(40) }).nullish(),
  allowsSplit: z.boolean().nullish(),
  voucherCodes: voucherCodes.nullish(),
  shippingMethodId: z
    .string()
    .refine(isUuid, 'There is no such way of delivery.')
    .transform((id) => id.toLowerCase())
    .nullish(),
  expectedTotal: z.bigint().min(0n, 'must not be negative'),
  locale: z.string().regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/, 'must be a language, such as fr'),
  idempotencyKey,
})

export function placeOrder({ database, clock, ticketSecret, holdMs, courierRef }: Services) {
  return async (_: unknown, { input }: { input: unknown }, ctx: Ctx) => {
    if (!ctx.identity) throw unauthenticated()
    const customerRef = ctx.identity.userId
    const parsed = parseInput(placeOrderInput, input)
    if (parsed.kind === 'InvalidInputError') return parsed
    const { market, allowsSplit, expectedTotal, cartId, lines, locale, idempotencyKey: key } = parsed.value
    const to = await destination(parsed.value, ctx)
    if (to.kind === 'InvalidInputError') return to
    const unknown = unknownIds(lines)
    if (unknown.length > 0) return toResult(notSoldHere(unknown))
    const outcome = await transactOrRefuse(database, async (tx, refuse: Refuse<PlaceOrderRefusal>) => ({
      kind: 'Placed' as const,
      ...(await place(
        tx,
        {
          lines,
          locale,
          idempotencyKey: key,
          customerRef,
          cartId: cartId?.toLowerCase() ?? null,
          marketId: market,
          to,
          allowsSplit: allowsSplit ?? true,
          voucherCodes: parsed.value.voucherCodes ?? [],
          shippingMethodId: parsed.value.shippingMethodId ?? null,
          expectedTotalMinor: expectedTotal,
          holdMs,
          courierRef,
          referenceHashOf: (orderId) => hashReference(orderReference(ticketSecret, orderId)),
        },
        refuse,
        clock.now(),
      )),
    }))
    if (outcome.kind !== 'Placed') return toResult(outcome)
    const order = outcome.order ?? (await ctx.loaders.order.load(outcome.orderId))
    if (!order) throw new Error('The order that was just placed is not there')
    return {
      kind: 'PlaceOrderSuccess',
      order,
      paymentTicket: await signPaymentTicket(ticketSecret, order),
      orderReference: orderReference(ticketSecret, order.id),
    }
  }
}

async function destination(
  { market, shippingAddress, pickUpShopId, collector }: z.infer<typeof placeOrderInput>,
  { loaders }: Ctx,
): Promise<Destination | InvalidInput> {
  if (pickUpShopId == null) {
    return shippingAddress
      ? { kind: 'Address', ...shippingAddress }
      : invalidInput('shippingAddress', 'Say where the order goes, or where it is collected.')
  }
  if (shippingAddress) return invalidInput('shippingAddress', 'What is collected is not sent.')
  if (!collector) return invalidInput('collector', 'Say who collects the order.')
  const shop = await loaders.shop.load(pickUpShopId.toLowerCase())
  if (shop?.marketId !== market) return invalidInput('pickUpShopId', noSuchShop)
  return { kind: 'Shop', shopId: shop.id, country: shop.country, ...collector }
}

function toResult(refusal: PlaceOrderRefusal) {
  switch (refusal.kind) {
    case 'InvalidInputError':
    case 'VoucherRefusedError':
      return refusal
    case 'NotSoldHereError':
    case 'OutOfStockError':
      return goodsRefusalResult(refusal)
    case 'PriceChangedError':
      return {
        ...refusal,
        expected: moneyColumns(refusal.currency, refusal.expected),
        actual: moneyColumns(refusal.currency, refusal.actual),
      }
  }
}

import { marketChanged, productPublished } from '#contracts/catalog.ts'
import type { Identity } from '#platform/auth/identity.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { startTestSubgraph } from '#platform/testing/start-test-subgraph.ts'
import { readCartConfig } from '../config.ts'
import { createCart } from '../service.ts'

export interface CartData {
  id: string
  version: number
  totalQuantity: number
  market: { id: string }
  lines: { id: string; quantity: number; variant: { id: string } }[]
}

export interface Outcome {
  __typename: string
  message?: string
  field?: string
  token?: string | null
  cart?: CartData
}

export interface Access {
  id: string
  token?: string | null
}

const cartFields = 'id version totalQuantity market { id } lines { id quantity variant { id } } expiresAt'
const outcome = `__typename ... on UserError { message } ... on CartSuccess { token cart { ${cartFields} } }`

/** Cart as the gateway sees it, knowing two markets and a product of 150 variants. */
export async function startTestCart() {
  const cart = await startTestSubgraph({
    name: 'cart',
    readConfig: readCartConfig,
    create: createCart,
    env: { TOKEN_SECRET: 'the-token-secret-of-a-test-0123456789' },
  })
  const variantIds = Array.from({ length: 150 }, () => uuidv7())
  for (const marketId of ['FR', 'JP']) {
    await cart.publish(marketChanged, {
      aggregateId: marketId,
      payload: {
        marketId,
        currency: 'EUR',
        countries: [marketId],
        locales: ['en'],
        pricesIncludeTax: true,
        taxRounding: 'LINE',
        roundingMode: 'HALF_UP',
        reservationMinutes: 15,
        bankTransferDays: null,
        taxRates: [],
      },
    })
  }
  const productId = uuidv7()
  await cart.publish(productPublished, {
    aggregateId: productId,
    payload: {
      productId,
      slug: 'sac-lune',
      status: 'ACTIVE',
      names: { en: 'Moon bag' },
      category: 'bags',
      taxCategory: 'standard',
      collectionIds: [],
      variants: variantIds.map((variantId, index) => ({
        variantId,
        sku: `BAG-${String(index)}`,
        barcode: null,
        optionsLabels: {},
        imageUrl: null,
        weightGrams: 0,
        isSerialized: false,
        prices: [],
      })),
    },
  })

  async function ask(
    document: string,
    variables: Record<string, unknown>,
    identity: Identity | null,
  ): Promise<Outcome> {
    const { data, errors } = await cart.query<{ outcome: Outcome } | null>(document, variables, identity)
    if (errors) throw Object.assign(new Error(errors[0]?.message), errors[0]?.extensions)
    if (!data) throw new Error('no data')
    return data.outcome
  }

  const mutation = (name: string, type: string, extra = '') => {
    const document = `mutation ($input: ${type}!) { outcome: ${name}(input: $input) { ${outcome} ${extra} } }`
    return (input: Record<string, unknown>, identity: Identity | null = null) =>
      ask(document, { input }, identity)
  }
  const field = '... on InvalidInputError { field }'
  const addToCart = mutation('addToCart', 'AddToCartInput', field)

  return {
    ...cart,
    /** Ids of variants there are. */
    variantIds,
    variant: (index = 0) => variantIds[index] ?? '',
    add: (input: Record<string, unknown> = {}, identity: Identity | null = null) =>
      addToCart(
        { market: 'FR', variantId: variantIds[0], idempotencyKey: crypto.randomUUID(), ...input },
        identity,
      ),
    updateLine: mutation('updateCartLine', 'UpdateCartLineInput', field),
    changeMarket: mutation('changeCartMarket', 'ChangeCartMarketInput'),
    merge: mutation('mergeCart', 'CartAccessInput'),
    find: async (access: Access, identity: Identity | null = null): Promise<CartData | null> => {
      const { data, errors } = await cart.query<{ cart: CartData | null }>(
        `query ($id: ID!, $token: String) { cart(id: $id, token: $token) { ${cartFields} } }`,
        { ...access },
        identity,
      )
      if (errors) throw new Error(errors[0]?.message)
      return data.cart
    },
  }
}

export type TestCart = Awaited<ReturnType<typeof startTestCart>>

/** How to come back to the cart of an outcome. */
export function accessTo(outcome: Outcome): Access {
  return { id: outcome.cart?.id ?? '', token: outcome.token ?? null }
}

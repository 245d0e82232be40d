import type { RouterContextProvider } from 'react-router'
import { execute } from '#app/graphql/execute.server.ts'
import { isUuid } from '#app/forms/is-uuid.ts'
import { currencyDigits } from '#app/till/currency-digits.ts'
import { graphql } from '#generated/gql.ts'
import type { PromotionPreviewFieldsFragment, SavePromotionInput } from '#generated/graphql.ts'
import { keptInput } from './kept-input.ts'
import type { PromotionValues } from './promotion-values.ts'
import { readPromotion } from './read-promotion.ts'

graphql(`
  fragment PromotionGoodsFields on PromotionGoods {
    productIds
    variantIds
    categories
    collectionIds
    excludesReduced
  }
`)

graphql(`
  fragment PromotionFields on Promotion {
    id
    name
    names {
      locale
      text
    }
    scope
    marketIds
    priority
    stacking
    needsVoucher
    startsAt
    endsAt
    isActive
    state
    version
    conditions {
      __typename
      ... on SubtotalAtLeast {
        amounts {
          currency
          amount
          minorUnits
        }
        goods {
          ...PromotionGoodsFields
        }
      }
      ... on QuantityAtLeast {
        quantity
        goods {
          ...PromotionGoodsFields
        }
      }
      ... on CountryIn {
        countries
      }
    }
    actions {
      __typename
      ... on PercentageOff {
        ppm
        goods {
          ...PromotionGoodsFields
        }
      }
      ... on AmountOffPiece {
        amounts {
          currency
          amount
          minorUnits
        }
        goods {
          ...PromotionGoodsFields
        }
      }
      ... on AmountOff {
        amounts {
          currency
          amount
          minorUnits
        }
        goods {
          ...PromotionGoodsFields
        }
      }
      ... on TieredPercentageOff {
        tiers {
          atLeast {
            currency
            amount
            minorUnits
          }
          ppm
        }
        goods {
          ...PromotionGoodsFields
        }
      }
      ... on BuyXGetY {
        buyQuantity
        buyGoods {
          ...PromotionGoodsFields
        }
        getQuantity
        getGoods {
          ...PromotionGoodsFields
        }
        ppm
        mostTimes
      }
      ... on GiftLine {
        variant {
          id
          sku
          product {
            name
          }
        }
        quantity
      }
      ... on ShippingPercentageOff {
        ppm
      }
    }
  }
`)

const PromotionBefore = graphql(`
  query PromotionBefore($id: ID!, $isKnown: Boolean!, $sku: String!, $hasGift: Boolean!) {
    promotion(id: $id) @include(if: $isKnown) {
      ...PromotionFields
    }
    variantByCode(code: $sku) @include(if: $hasGift) {
      id
    }
    markets {
      currency
    }
  }
`)

const SavePromotion = graphql(`
  mutation SavePromotion($input: SavePromotionInput!) {
    savePromotion(input: $input) {
      __typename
      ... on UserError {
        message
      }
      ... on InvalidInputError {
        field
      }
      ... on SavePromotionSuccess {
        promotion {
          id
        }
      }
    }
  }
`)

const EndPromotion = graphql(`
  mutation EndPromotion($input: EndPromotionInput!) {
    endPromotion(input: $input) {
      __typename
      ... on UserError {
        message
      }
    }
  }
`)

const PreviewPromotion = graphql(`
  query PreviewPromotion($input: SavePromotionInput!, $market: ID!, $product: String!) {
    previewPromotion(input: $input, market: $market, product: $product) {
      __typename
      ... on UserError {
        message
      }
      ... on InvalidInputError {
        field
      }
      ...PromotionPreviewFields
    }
  }
`)

type Context = Readonly<RouterContextProvider>

export interface Fault {
  field: string
  problem: string
}

/** The promotion of an address, null for a new one, and what was typed. */
export interface AskedChange {
  id: string | null
  values: PromotionValues
}

export async function savePromotion(
  context: Context,
  asked: AskedChange,
): Promise<{ id: string; fault: null } | { id: null; fault: Fault }> {
  const read = await readInput(context, asked)
  if ('fault' in read) return { id: null, fault: read.fault }
  const { savePromotion: result } = await execute(context, SavePromotion, { input: read.input })
  if (result.__typename === 'SavePromotionSuccess') return { id: result.promotion.id, fault: null }
  const field = result.__typename === 'InvalidInputError' ? fieldOf(result.field) : ''
  return { id: null, fault: { field, problem: result.message } }
}

export async function previewPromotion(
  context: Context,
  asked: AskedChange,
): Promise<{ preview: PromotionPreviewFieldsFragment | null; fault: Fault | null }> {
  const read = await readInput(context, asked)
  if ('fault' in read) return { preview: null, fault: read.fault }
  const { previewMarket: market = '', product = '' } = asked.values
  const { previewPromotion: result } = await execute(context, PreviewPromotion, {
    input: read.input,
    market,
    product,
  })
  if (result.__typename === 'PromotionPreview') return { preview: result, fault: null }
  return { preview: null, fault: { field: fieldOf(result.field), problem: result.message } }
}

export async function endPromotion(
  context: Context,
  { id, values }: AskedChange,
): Promise<{ fault: Fault | null }> {
  const input = { id: id ?? '', version: Number(values.version) || 0 }
  const { endPromotion: result } = await execute(context, EndPromotion, { input })
  if (result.__typename === 'EndPromotionSuccess') return { fault: null }
  return { fault: { field: '', problem: result.message } }
}

async function readInput(
  context: Context,
  { id, values }: AskedChange,
): Promise<{ input: SavePromotionInput } | { fault: Fault }> {
  const sku = values.giftSku ?? ''
  const isKnown = id !== null && isUuid(id)
  const found = await execute(context, PromotionBefore, {
    ...{ id: id ?? '', isKnown, sku, hasGift: values.does === 'gift' && sku !== '' },
  })
  const codes = [...new Set(found.markets.map(({ currency }) => currency))]
  const read = readPromotion(values, {
    currencies: codes.map((code) => ({ code, digits: currencyDigits(code) })),
    giftId: found.variantByCode?.id ?? null,
    kept: found.promotion ? keptInput(found.promotion) : null,
  })
  if ('problem' in read) return { fault: read }
  const version = id === null ? null : Number(values.version) || 0
  return { input: { ...read.input, id, version, idempotencyKey: values.idempotencyKey ?? '' } }
}

/** The field of the form that a path of the input comes from; others are told above the form. */
function fieldOf(path: string): string {
  if (path.startsWith('names.0')) return 'name.en'
  return path.startsWith('actions') ? 'does' : path
}

import { graphql } from '#generated/gql.ts'

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

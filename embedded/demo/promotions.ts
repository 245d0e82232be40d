import type {
  PromotionAction,
  PromotionCondition,
  PromotionInput,
} from '#subgraphs/catalog/domain/promotion.ts'
import type { Translated } from './catalogue/demo-product.ts'
import { translated as t } from './catalogue/translated.ts'

// The promotions of the demo house: one on the shelf, two of the basket, one for those who have a voucher.

const goods = { productIds: [], variantIds: [], categories: [], collectionIds: [], excludesReduced: false }

interface Known {
  collectionId(slug: string): string
  firstVariantId(slug: string): string
}

/** `key` is the same in every start, so that each is made once. */
export function demoPromotions(known: Known): readonly (PromotionInput & { key: string })[] {
  return [
    promotion('e001', t('The Voyage weeks', 'Les semaines Voyage', 'ヴォヤージュ・ウィーク'), {
      scope: 'CATALOG',
      marketIds: ['DE', 'GB', 'JP', 'US'],
      actions: [
        {
          kind: 'PERCENTAGE',
          ppm: 150_000,
          goods: { ...goods, collectionIds: [known.collectionId('voyage')], excludesReduced: true },
        },
      ],
    }),
    promotion('e002', t('Delivery on the house', 'La livraison offerte', '送料無料'), {
      marketIds: ['GB', 'JP', 'CN', 'US'],
      conditions: [
        {
          kind: 'SUBTOTAL_AT_LEAST',
          amounts: { GBP: '100000', JPY: '150000', CNY: '800000', USD: '100000' },
          goods,
        },
      ],
      actions: [{ kind: 'SHIPPING_PERCENTAGE', ppm: 1_000_000 }],
    }),
    promotion(
      'e003',
      t(
        'Two for the pocket, one for you',
        'Deux pour la poche, un pour vous',
        '小物ふたつに、ひとつの贈りもの',
      ),
      {
        conditions: [
          {
            kind: 'QUANTITY_AT_LEAST',
            quantity: 2,
            goods: { ...goods, categories: ['small-leather-goods'] },
          },
        ],
        actions: [{ kind: 'GIFT', variantId: known.firstVariantId('porte-cles-galet'), quantity: 1 }],
      },
    ),
    promotion('e004', t('Welcome to the house', 'Bienvenue dans la maison', 'メゾンへようこそ'), {
      needsVoucher: true,
      actions: [{ kind: 'PERCENTAGE', ppm: 100_000, goods: { ...goods, excludesReduced: true } }],
    }),
  ]
}

function promotion(
  ending: string,
  names: Translated,
  rest: Partial<PromotionInput> & { actions: PromotionAction[]; conditions?: PromotionCondition[] },
): PromotionInput & { key: string } {
  return {
    key: `0190a000-0000-7000-8000-00000000${ending}`,
    names,
    scope: 'ORDER',
    marketIds: [],
    priority: 100,
    stacking: 'STACKS',
    needsVoucher: false,
    conditions: [],
    startsAt: new Date('2026-01-01T00:00:00.000Z'),
    endsAt: null,
    isActive: true,
    ...rest,
  }
}

import { accessories } from './accessories.ts'
import { bags } from './bags.ts'
import { jewellery } from './jewellery.ts'
import { readyToWear } from './ready-to-wear.ts'
import { shoes } from './shoes.ts'
import { smallLeatherGoods } from './small-leather-goods.ts'
import { watches } from './watches.ts'
import type { DemoProduct } from './demo-product.ts'

export { demoCollections } from './collections.ts'

export const demoProducts: readonly DemoProduct[] = [
  ...bags,
  ...readyToWear,
  ...shoes,
  ...jewellery,
  ...watches,
  ...accessories,
  ...smallLeatherGoods,
]

import { dressesAndSeparates } from './dresses-and-separates.ts'
import { outerwear } from './outerwear.ts'
import type { DemoProduct } from './demo-product.ts'

export const readyToWear: readonly DemoProduct[] = [...outerwear, ...dressesAndSeparates]

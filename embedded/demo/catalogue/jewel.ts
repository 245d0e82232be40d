import { buildProduct } from './build-product.ts'
import type { ProductLine } from './build-product.ts'
import type { DemoProduct } from './demo-product.ts'
import { translated as t } from './translated.ts'

type Jewel = Omit<ProductLine, 'category' | 'hsCode' | 'size'> & {
  readonly measure: readonly [en: string, fr: string, ja: string]
  readonly hsCode?: string
}

export const jewel = ({ measure, hsCode = '7113.19', ...line }: Jewel): DemoProduct =>
  buildProduct({ ...line, hsCode, category: 'jewellery', size: t(...measure) })

export const ringSize = [
  'Ring sizes by circumference in millimetres',
  'Tailles de doigt en millimètres de circonférence',
  'リングサイズは内周（mm）表記',
] as const

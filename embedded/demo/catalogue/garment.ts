import { buildProduct } from './build-product.ts'
import type { ProductLine } from './build-product.ts'
import type { DemoProduct } from './demo-product.ts'
import { translated as t } from './translated.ts'

type Garment = Omit<ProductLine, 'category' | 'size' | 'sizes'> & {
  readonly sizes?: ProductLine['sizes']
  readonly fit: keyof typeof fits
}

const fits = {
  straight: t(
    'Straight fit, true to size',
    'Coupe droite, taille normalement',
    'ストレートフィット、標準サイズ',
  ),
  close: t(
    'Close at the waist; between sizes, take the larger',
    'Ajusté à la taille ; entre deux tailles, choisir la plus grande',
    'ウエストはすっきり。迷われたら大きめをお選びください',
  ),
  easy: t(
    'Generous fit; for a closer line, take one size down',
    'Coupe ample ; pour une ligne plus près du corps, prendre une taille en dessous',
    'ゆとりのあるフィット。すっきり着るならワンサイズ下を',
  ),
}

export const garment = ({ fit, sizes = 'clothes', ...line }: Garment): DemoProduct =>
  buildProduct({ ...line, sizes, category: 'ready-to-wear', size: fits[fit] })

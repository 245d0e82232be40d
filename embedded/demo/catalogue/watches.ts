import type { DemoProduct } from './demo-product.ts'
import { jewel } from './jewel.ts'
import { translated as t } from './translated.ts'

export const watches: readonly DemoProduct[] = [
  jewel({
    number: 414,
    slug: 'montre-solstice',
    price: 4900,
    matter: 'watch',
    colors: ['tabac', 'noir', 'bordeaux'],
    weightGrams: 62,
    hsCode: '9102.21',
    measure: ['Case 36 mm', 'Boîtier 36 mm', 'ケース径 36 mm'],
    collections: ['the-atelier'],
    drawing: { shape: 'watch', material: 'grain', metal: 'gold' },
    names: t('Solstice watch', 'Montre Solstice', 'ソルスティス ウォッチ'),
    descriptions: t(
      'Two hands and twelve marks; we left out the rest. The rotor is visible from the back, for its owner alone.',
      'Deux aiguilles et douze index ; nous avons laissé le reste. Le rotor se voit au dos, pour son seul propriétaire.',
      '二本の針と十二のインデックス、それ以外は省きました。裏蓋から見えるローターは、持ち主だけの愉しみです。',
    ),
  }),
  jewel({
    number: 415,
    slug: 'montre-equerre',
    price: 5600,
    matter: 'watch',
    colors: ['noir', 'marine'],
    weightGrams: 66,
    hsCode: '9102.21',
    measure: ['Case 28 × 34 mm', 'Boîtier 28 × 34 mm', 'ケース 28 × 34 mm'],
    collections: ['evening'],
    drawing: { shape: 'watch', material: 'smooth', metal: 'silver', traits: ['square', 'dark-dial'] },
    names: t('Équerre watch', 'Montre Équerre', 'エケール ウォッチ'),
    descriptions: t(
      'A square case with softened corners and a dial the blue of eleven at night. It slips under a cuff and stays there.',
      'Un boîtier carré aux angles adoucis, un cadran du bleu de onze heures du soir. Elle se glisse sous une manchette et y reste.',
      '角をやわらげた角型ケースに、夜十一時の青をたたえた文字盤。袖口に滑り込み、静かに収まります。',
    ),
  }),
]

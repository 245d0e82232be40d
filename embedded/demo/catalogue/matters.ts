import type { Translated } from './demo-product.ts'
import { translated as t } from './translated.ts'

/** What a piece is made of and how it is kept: the first and the last line of its details. */

interface Matter {
  readonly made: Translated
  readonly care: Translated
}

const leatherCare = t(
  'Wipe with a soft dry cloth; keep away from water and direct light',
  'Essuyer avec un chiffon doux et sec ; éviter l’eau et la lumière directe',
  '柔らかい乾いた布で拭き、水濡れと直射日光を避けてください',
)
const suedeCare = t(
  'Brush gently in one direction; protect from rain',
  'Brosser délicatement dans un seul sens ; protéger de la pluie',
  '一方向に軽くブラッシングし、雨を避けてください',
)
const woolCare = t(
  'Dry clean; air between wears and store on a wide hanger',
  'Nettoyage à sec ; aérer entre deux ports et ranger sur un cintre large',
  'ドライクリーニング。着用後は風を通し、幅広のハンガーで保管してください',
)
const knitCare = t(
  'Hand wash cold, dry flat; store folded',
  'Lavage à la main à froid, séchage à plat ; ranger plié',
  '冷水で手洗いし、平干し。たたんで保管してください',
)
const silkCare = t(
  'Dry clean; iron on the reverse at low heat',
  'Nettoyage à sec ; repasser sur l’envers à basse température',
  'ドライクリーニング。低温で裏側からアイロンをかけてください',
)
const jewelCare = t(
  'Keep in its pouch; avoid perfume and chlorinated water',
  'Conserver dans sa pochette ; éviter le parfum et l’eau chlorée',
  '専用ポーチに保管し、香水や塩素を含む水を避けてください',
)

export const matters = {
  grainedCalf: {
    made: t(
      'Grained calfskin, suede lining, made in France',
      'Veau grainé, doublure en chèvre velours, fabriqué en France',
      'グレインカーフ、スエードライニング、フランス製',
    ),
    care: leatherCare,
  },
  smoothCalf: {
    made: t(
      'Smooth box calfskin, lambskin lining, made in France',
      'Veau box lisse, doublure en agneau, fabriqué en France',
      'ボックスカーフ、ラムスキンライニング、フランス製',
    ),
    care: leatherCare,
  },
  lambskin: {
    made: t(
      'Quilted lambskin, grosgrain lining, made in Italy',
      'Agneau matelassé, doublure en gros-grain, fabriqué en Italie',
      'キルティングラムスキン、グログランライニング、イタリア製',
    ),
    care: leatherCare,
  },
  embossedCalf: {
    made: t(
      'Embossed calfskin, goatskin lining, made in Italy',
      'Veau embossé, doublure en chèvre, fabriqué en Italie',
      '型押しカーフ、ゴートスキンライニング、イタリア製',
    ),
    care: leatherCare,
  },
  suede: {
    made: t(
      'Calf suede, leather trim, made in Italy',
      'Veau velours, finitions en cuir, fabriqué en Italie',
      'カーフスエード、レザートリム、イタリア製',
    ),
    care: suedeCare,
  },
  patent: {
    made: t(
      'Patent calfskin, leather lining and sole, made in Italy',
      'Veau verni, doublure et semelle en cuir, fabriqué en Italie',
      'パテントカーフ、レザーライニングとソール、イタリア製',
    ),
    care: leatherCare,
  },
  satin: {
    made: t(
      'Silk satin, lambskin lining, made in France',
      'Satin de soie, doublure en agneau, fabriqué en France',
      'シルクサテン、ラムスキンライニング、フランス製',
    ),
    care: silkCare,
  },
  canvas: {
    made: t(
      'Waxed cotton canvas, calfskin trim, made in France',
      'Toile de coton cirée, finitions en veau, fabriqué en France',
      'ワックスコットンキャンバス、カーフトリム、フランス製',
    ),
    care: leatherCare,
  },
  wool: {
    made: t(
      'Virgin wool, viscose lining, made in Italy',
      'Laine vierge, doublure en viscose, fabriqué en Italie',
      'ヴァージンウール、ビスコースライニング、イタリア製',
    ),
    care: woolCare,
  },
  cashmere: {
    made: t(
      'Pure cashmere, made in Scotland',
      'Pur cachemire, fabriqué en Écosse',
      'ピュアカシミア、スコットランド製',
    ),
    care: knitCare,
  },
  merino: {
    made: t(
      'Extra-fine merino wool, made in Italy',
      'Laine mérinos extra-fine, fabriqué en Italie',
      'エクストラファインメリノ、イタリア製',
    ),
    care: knitCare,
  },
  tweed: {
    made: t(
      'Wool and cotton tweed, silk lining, made in France',
      'Tweed de laine et coton, doublure en soie, fabriqué en France',
      'ウールコットンツイード、シルクライニング、フランス製',
    ),
    care: woolCare,
  },
  gabardine: {
    made: t(
      'Cotton gabardine, cupro lining, made in Italy',
      'Gabardine de coton, doublure en cupro, fabriqué en Italie',
      'コットンギャバジン、キュプラライニング、イタリア製',
    ),
    care: woolCare,
  },
  poplin: {
    made: t(
      'Two-ply cotton poplin, mother-of-pearl buttons, made in Italy',
      'Popeline de coton double retors, boutons en nacre, fabriqué en Italie',
      '双糸コットンポプリン、貝ボタン、イタリア製',
    ),
    care: t(
      'Machine wash at 30 °C; iron while damp',
      'Lavage en machine à 30 °C ; repasser humide',
      '30℃で洗濯し、半乾きの状態でアイロンをかけてください',
    ),
  },
  silk: {
    made: t('Pure silk, made in France', 'Pure soie, fabriqué en France', 'シルク100％、フランス製'),
    care: silkCare,
  },
  gold: {
    made: t('18-carat gold, made in France', 'Or 18 carats, fabriqué en France', '18金、フランス製'),
    care: jewelCare,
  },
  vermeil: {
    made: t(
      'Gold-plated sterling silver, made in Italy',
      'Argent massif plaqué or, fabriqué en Italie',
      'スターリングシルバーにゴールドプレーティング、イタリア製',
    ),
    care: jewelCare,
  },
  watch: {
    made: t(
      'Steel case, sapphire crystal, automatic movement, made in Switzerland',
      'Boîtier en acier, verre saphir, mouvement automatique, fabriqué en Suisse',
      'スティールケース、サファイアクリスタル、自動巻き、スイス製',
    ),
    care: t(
      'Water resistant to 3 bar; have it serviced every five years',
      'Étanche à 3 bar ; révision tous les cinq ans',
      '3気圧防水。5年ごとの点検をお勧めします',
    ),
  },
  acetate: {
    made: t(
      'Hand-polished acetate, mineral lenses, made in Italy',
      'Acétate poli à la main, verres minéraux, fabriqué en Italie',
      '手磨きのアセテート、ミネラルレンズ、イタリア製',
    ),
    care: t(
      'Clean with the cloth provided; keep in the case',
      'Nettoyer avec le chiffon fourni ; ranger dans l’étui',
      '付属のクロスで拭き、ケースに入れて保管してください',
    ),
  },
  felt: {
    made: t(
      'Fur felt, silk grosgrain ribbon, made in Italy',
      'Feutre de poil, ruban en gros-grain de soie, fabriqué en Italie',
      'ファーフェルト、シルクグログランリボン、イタリア製',
    ),
    care: t(
      'Brush counter-clockwise; rest on the crown',
      'Brosser dans le sens antihoraire ; poser sur la calotte',
      '反時計回りにブラッシングし、クラウンを下にして置いてください',
    ),
  },
  straw: {
    made: t(
      'Hand-woven straw, made in Ecuador, finished in France',
      'Paille tressée main, fabriqué en Équateur, fini en France',
      '手編みストロー、エクアドル製、フランスで仕上げ',
    ),
    care: t(
      'Keep dry; never fold the brim',
      'Garder au sec ; ne jamais plier le bord',
      '湿気を避け、つばを折らないでください',
    ),
  },
  sneakerCalf: {
    made: t(
      'Calfskin, rubber sole, made in Portugal',
      'Veau, semelle en caoutchouc, fabriqué au Portugal',
      'カーフスキン、ラバーソール、ポルトガル製',
    ),
    care: leatherCare,
  },
} satisfies Record<string, Matter>

export type MatterCode = keyof typeof matters

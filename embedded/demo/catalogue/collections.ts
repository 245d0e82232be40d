import type { DemoCollection } from './demo-product.ts'
import { translated as t } from './translated.ts'

const collection = (
  slug: string,
  heroColor: string,
  names: DemoCollection['names'],
  descriptions: DemoCollection['descriptions'],
): Omit<DemoCollection, 'position'> => ({ slug, heroColor, names, descriptions })

export const demoCollections: readonly DemoCollection[] = [
  collection(
    'new-arrivals',
    '#a5673f',
    t('New arrivals', 'Nouveautés', '新着'),
    t(
      'The first pieces of the season, as they leave the workshop.',
      'Les premières pièces de la saison, à leur sortie de l’atelier.',
      '工房から届いたばかりの、今季最初のピース。',
    ),
  ),
  collection(
    'the-atelier',
    '#5b1f2a',
    t('The Atelier', 'L’Atelier', 'アトリエ'),
    t(
      'Made by one pair of hands from first cut to last stitch.',
      'Façonnées par une seule paire de mains, de la coupe au dernier point.',
      '裁断から最後のひと針まで、ひとりの職人の手で。',
    ),
  ),
  collection(
    'evening',
    '#22283a',
    t('Evening', 'Le Soir', 'イブニング'),
    t(
      'For the hours after eight: satin, shadow and a little gold.',
      'Pour les heures d’après vingt heures : satin, ombre et un peu d’or.',
      '夜八時からの時間のために。サテンと影と、わずかな金。',
    ),
  ),
  collection(
    'voyage',
    '#6d4429',
    t('Voyage', 'Voyage', 'ヴォヤージュ'),
    t(
      'Light, folded, ready: what we take when we leave.',
      'Léger, plié, prêt : ce que l’on emporte en partant.',
      '軽く、たたんで、すぐに旅立てるものを。',
    ),
  ),
  collection(
    'gifts',
    '#2f4a43',
    t('Gifts', 'Cadeaux', 'ギフト'),
    t(
      'Small things, wrapped by hand and meant for someone.',
      'De petites choses, emballées à la main et destinées à quelqu’un.',
      '誰かを想い、ひとつずつ手で包む小さな贈りもの。',
    ),
  ),
  collection(
    'bags',
    '#b08a5e',
    t('Bags', 'Sacs', 'バッグ'),
    t(
      'Structure outside, softness within.',
      'La structure au-dehors, la douceur au-dedans.',
      '外には構築美を、内にはやわらかさを。',
    ),
  ),
  collection(
    'ready-to-wear',
    '#7c8a72',
    t('Ready-to-wear', 'Prêt-à-porter', 'プレタポルテ'),
    t(
      'Clean lines, generous cloth, nothing that needs explaining.',
      'Des lignes nettes, des étoffes généreuses, rien à expliquer.',
      '澄んだ線と豊かな布。言葉のいらない服。',
    ),
  ),
  collection(
    'shoes',
    '#43291c',
    t('Shoes', 'Souliers', 'シューズ'),
    t(
      'Lasts drawn for walking, heels drawn for standing still.',
      'Des formes pensées pour marcher, des talons pour s’arrêter.',
      '歩くための木型、佇むためのヒール。',
    ),
  ),
  collection(
    'jewellery',
    '#c9a461',
    t('Jewellery', 'Joaillerie', 'ジュエリー'),
    t(
      'Gold and stones, set low and worn daily.',
      'L’or et les pierres, sertis bas et portés chaque jour.',
      '低く留めた石と金を、日々の装いに。',
    ),
  ),
  collection(
    'accessories',
    '#8f8073',
    t('Accessories', 'Accessoires', 'アクセサリー'),
    t(
      'The last thing put on, the first one noticed.',
      'Le dernier geste, le premier regard.',
      '最後に身につけ、最初に目に留まるもの。',
    ),
  ),
  collection(
    'small-leather-goods',
    '#b05c43',
    t('Small leather goods', 'Petite maroquinerie', 'レザーグッズ'),
    t(
      'Pocket-sized, saddle-stitched, kept for years.',
      'Au format de la poche, au point sellier, pour des années.',
      '手のひらに収まり、手縫いで仕立て、長く使うために。',
    ),
  ),
].map((one, index) => ({ ...one, position: index + 1 }))

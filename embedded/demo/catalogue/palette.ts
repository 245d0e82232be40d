import { translated } from './translated.ts'
import type { DemoOptionValue } from './demo-product.ts'

/** The house's colours, and the metals of its jewellery, which are chosen like colours. */

const color = (code: string, swatch: string, en: string, fr: string, ja: string): DemoOptionValue => ({
  code,
  swatch,
  names: translated(en, fr, ja),
})

const colors: readonly DemoOptionValue[] = [
  color('noir', '#1d1b1a', 'Black', 'Noir', 'ノワール'),
  color('ivoire', '#ece4d6', 'Ivory', 'Ivoire', 'アイボリー'),
  color('blanc', '#f5f2ec', 'White', 'Blanc', 'ホワイト'),
  color('cognac', '#a5673f', 'Cognac', 'Cognac', 'コニャック'),
  color('tabac', '#6d4429', 'Tobacco', 'Tabac', 'タバコブラウン'),
  color('ebene', '#43291c', 'Ebony', 'Ébène', 'エボニー'),
  color('bordeaux', '#5b1f2a', 'Burgundy', 'Bordeaux', 'ボルドー'),
  color('sapin', '#2f4a43', 'Fir green', 'Vert sapin', 'ディープグリーン'),
  color('sauge', '#7c8a72', 'Sage', 'Sauge', 'セージ'),
  color('marine', '#22283a', 'Navy', 'Marine', 'ネイビー'),
  color('ciel', '#9fb3c2', 'Sky', 'Ciel', 'スカイブルー'),
  color('taupe', '#8f8073', 'Taupe', 'Taupe', 'トープ'),
  color('sable', '#cdb48e', 'Sand', 'Sable', 'サンド'),
  color('camel', '#b08a5e', 'Camel', 'Camel', 'キャメル'),
  color('poudre', '#e3cbbd', 'Powder', 'Poudre', 'パウダーピンク'),
  color('terracotta', '#b05c43', 'Terracotta', 'Terre cuite', 'テラコッタ'),
  color('anthracite', '#3d3d40', 'Charcoal', 'Anthracite', 'チャコール'),
  color('perle', '#c9c6c0', 'Pearl grey', 'Gris perle', 'パールグレー'),
  color('dore', '#c9a461', 'Gold', 'Doré', 'ゴールド'),
  color('yellow-gold', '#c9a461', 'Yellow gold', 'Or jaune', 'イエローゴールド'),
  color('white-gold', '#b7babd', 'White gold', 'Or blanc', 'ホワイトゴールド'),
  color('silver', '#b7babd', 'Silver', 'Argent', 'シルバー'),
]

const byCode = new Map(colors.map((value) => [value.code, value]))

export function colorOf(code: string): DemoOptionValue {
  const found = byCode.get(code)
  if (!found) throw new Error(`The palette has no colour "${code}"`)
  return found
}

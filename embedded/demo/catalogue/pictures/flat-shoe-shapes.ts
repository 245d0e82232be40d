import { curve, ellipse, move, polygon } from './geometry.ts'
import type { Corner } from './geometry.ts'
import { fold, form, metalLine, metalPath, seam, stitch, strap, tonesOf } from './primitives.ts'
import type { Drawn, Look, Tones } from './primitives.ts'
import { darkSole, ground, lining, staged } from './shoe-shapes.ts'

/** Shoes that stand flat on the ground. */

function loafer(look: Look): Drawn {
  const upper: Corner[] = [
    [232, ground - 36, 0],
    [242, ground - 92],
    [296, ground - 126],
    [400, ground - 148],
    [500, ground - 184],
    [580, ground - 240, 0],
    [668, ground - 176],
    [800, ground - 172],
    [936, ground - 248, 0],
    [962, ground - 150],
    [952, ground - 36, 0],
  ]
  const opening = curve([
    [580, ground - 240, 0],
    [700, ground - 226],
    [830, ground - 230],
    [936, ground - 248, 0],
    [800, ground - 166],
    [668, ground - 170],
  ])
  const sole = polygon([
    [222, ground - 44, 14],
    [966, ground - 44, 8],
    [966, ground - 16, 4],
    [720, ground - 14, 20],
    [690, ground, 8],
    [252, ground, 20],
  ])
  const heel = polygon([
    [716, ground - 18],
    [966, ground - 18],
    [962, ground, 4],
    [722, ground, 4],
  ])
  const apron = `M262 ${ground - 62}C300 ${ground - 130} 420 ${ground - 128} 566 ${ground - 176}`
  const saddle: Corner[] = [
    [470, ground - 202, 6],
    [560, ground - 246, 6],
    [640, ground - 44, 0],
    [470, ground - 44, 0],
  ]
  const bit = look.has('bit')
    ? metalLine(look, `M492 ${ground - 150}L582 ${ground - 176}`, 12) +
      metalLine(look, ellipse(488, ground - 149, 17, 24), 8) +
      metalLine(look, ellipse(586, ground - 177, 17, 24), 8)
    : `<path d="M510 ${ground - 122}L566 ${ground - 138}L564 ${ground - 120}L513 ${ground - 106}Z" fill="${look.tones.deep}"/>`
  const art =
    `<path d="${opening}" fill="${lining.dark}"/>` +
    form(look, curve(upper), {
      depth: 56,
      inside:
        seam(look, apron, 4) +
        move(0, 14, stitch(look, apron, 2.6)) +
        form(look, polygon(saddle), { depth: 20 }) +
        stitch(look, `M482 ${ground - 190}V${ground - 44}M560 ${ground - 226}L626 ${ground - 44}`, 2.4) +
        fold(look, [290, ground - 90], [420, ground - 140], 16, -8, -0.13),
    }) +
    form(look, heel, { tones: darkSole, material: 'smooth', depth: 8 }) +
    form(look, sole, {
      tones: look.has('lug') ? darkSole : tonesOf('#5a3a26'),
      material: 'smooth',
      depth: 14,
    }) +
    `<path d="M240 ${ground - 40}H960" stroke="${lining.pale}" stroke-opacity=".6" stroke-width="2" stroke-dasharray="7 6"/>` +
    bit
  return staged(look, art, [500, ground - 180], 375)
}

function sneaker(look: Look): Drawn {
  const white: Tones = tonesOf('#f3efe8')
  const upper: Corner[] = [
    [244, ground - 70, 0],
    [258, ground - 150],
    [372, ground - 186],
    [480, ground - 236],
    [590, ground - 330],
    [640, ground - 352, 0],
    [720, ground - 290],
    [830, ground - 292],
    [930, ground - 352, 0],
    [962, ground - 330],
    [952, ground - 200],
    [966, ground - 70, 0],
  ]
  const sole: Corner[] = [
    [220, ground - 92, 34],
    [974, ground - 92, 20],
    [982, ground, 26],
    [226, ground, 44],
  ]
  const laces = [0, 1, 2, 3, 4]
    .map((row) => strap(look, `M${446 + row * 37} ${ground - 206 - row * 27}l62 34`, 15, white, false))
    .join('')
  const tongue = curve([
    [560, ground - 300, 0],
    [600, ground - 368],
    [654, ground - 386],
    [680, ground - 320, 0],
  ])
  const inside =
    form(
      look,
      `M846 ${ground - 310}C870 ${ground - 230} 850 ${ground - 160} 800 ${ground - 70}H990V${ground - 380}Z`,
      { depth: 20, tones: tonesOf(look.tones.dark) },
    ) +
    stitch(look, `M430 ${ground - 196}C520 ${ground - 150} 640 ${ground - 200} 700 ${ground - 290}`, 2.6) +
    move(
      0,
      12,
      stitch(look, `M430 ${ground - 196}C520 ${ground - 150} 640 ${ground - 200} 700 ${ground - 290}`, 2.6),
    ) +
    seam(look, `M330 ${ground - 190}C350 ${ground - 140} 340 ${ground - 110} 310 ${ground - 80}`)
  const art =
    form(look, tongue, { depth: 24 }) +
    `<path d="${curve([
      [640, ground - 352, 0],
      [780, ground - 340],
      [930, ground - 352, 0],
      [830, ground - 286],
      [720, ground - 284],
    ])}" fill="${lining.dark}"/>` +
    form(look, curve(upper), { depth: 54, inside }) +
    laces +
    form(look, polygon(sole), { tones: white, material: 'smooth', depth: 30 }) +
    stitch({ ...look, tones: white }, `M240 ${ground - 76}H966`, 2.6) +
    metalPath(look, ellipse(900, ground - 168, 12, 12))
  return staged(look, art, [620, ground - 220], 385)
}

export const flatShoeShapes = { loafer, sneaker }

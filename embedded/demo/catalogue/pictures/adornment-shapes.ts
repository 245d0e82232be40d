import { ellipse, polygon, round } from './geometry.ts'
import {
  castShadow,
  floorShadow,
  form,
  metalLine,
  metalPath,
  metalTones,
  seam,
  stitch,
  strap,
  tonesOf,
} from './primitives.ts'
import type { Drawn, Look } from './primitives.ts'
import { hoop, lineShadow, pearl, stone } from './jewellery-shapes.ts'

/** Jewellery of the ear and the wrist. */

function bracelet(look: Look): Drawn {
  const angle = look.view === 'angle'
  const ry = angle ? 196 : 128
  const width = look.has('cuff') ? 120 : look.has('slim') ? 26 : 44
  const around = (count: number, draw: (x: number, y: number, near: number) => string): string =>
    Array.from({ length: count }, (_, index) => {
      const a = (index / count) * Math.PI * 2 - Math.PI / 2
      return [round(600 + 320 * Math.cos(a)), round(800 + ry * Math.sin(a)), Math.sin(a)] as const
    })
      .sort((one, other) => one[1] - other[1])
      .map(([x, y, near]) => draw(x, y, near))
      .join('')
  const art = look.has('links')
    ? around(26, (x, y, near) => metalLine(look, ellipse(x, y, 40 + near * 5, 27 + near * 4), 12))
    : look.has('tennis')
      ? hoop(look, 600, 800, 320, ry, 20) + around(44, (x, y, near) => stone(look, x, y, 18 + near * 3))
      : hoop(look, 600, 800, 320, ry, width) +
        (look.has('slim')
          ? hoop(look, 600, 730, 316, ry, width) + hoop(look, 604, 872, 322, ry, width)
          : '') +
        (look.has('cuff')
          ? stone(look, 600, 800 + ry, 44, 38)
          : metalPath(
              look,
              polygon([
                [566, 800 + ry - 30, 8],
                [634, 800 + ry - 30, 8],
                [634, 800 + ry + 30, 8],
                [566, 800 + ry + 30, 8],
              ]),
            ))
  return {
    art,
    shadow: floorShadow(600, 800 + ry + width / 2 + 14, 300),
    focus: [600, 800 + ry - 20],
    scale: 1.15,
    zoom: 2.6,
  }
}

function earrings(look: Look): Drawn {
  const turn = look.view === 'angle' ? 0.52 : 1
  const one = (x: number, narrow: number): string => {
    const post = metalPath(look, ellipse(x, 520, 16, 16))
    if (look.has('hoops')) return hoop(look, x, 690, round(150 * narrow), 165, 28) + post
    if (look.has('pearls'))
      return (
        metalLine(look, `M${x} 520V640`, 7) +
        stone(look, x, 560, 34) +
        pearl(look, x, 720, 84) +
        pearl(look, x, 866, 46)
      )
    if (look.has('studs'))
      return (
        [0, 1, 2, 3, 4, 5]
          .map((i) =>
            stone(
              look,
              round(x + 62 * narrow * Math.cos((i * Math.PI) / 3)),
              round(700 + 62 * Math.sin((i * Math.PI) / 3)),
              round(40 * narrow),
              40,
            ),
          )
          .join('') + metalPath(look, ellipse(x, 700, 24 * narrow, 24))
      )
    return (
      metalLine(look, `M${x} 520V600M${x} 660V740M${x} 800V850`, 7) +
      stone(look, x, 540, 36 * narrow, 36) +
      stone(look, x, 640, 46 * narrow, 52) +
      stone(look, x, 770, 56 * narrow, 66) +
      stone(look, x, 930, 66 * narrow, 92, 10)
    )
  }
  const shadow = [430, 770]
    .map((x) => {
      if (look.has('hoops')) return lineShadow(ellipse(x, 690, x === 430 ? 150 : 150 * turn, 165), 30)
      if (look.has('studs')) return castShadow(ellipse(x, 700, 84, 84), 14, 22)
      return castShadow(
        look.has('pearls')
          ? ellipse(x, 720, 74, 74) + ellipse(x, 866, 40, 40)
          : ellipse(x, 900, 50, 90) + ellipse(x, 700, 34, 150),
        22,
        30,
        0.24,
      )
    })
    .join('')
  return {
    art: one(430, 1) + one(770, turn),
    shadow,
    focus: [430, look.has('hoops') ? 820 : 700],
    scale: 1.2,
    center: [600, 715],
    zoom: 2.6,
  }
}

function watch(look: Look): Drawn {
  const square = look.has('square')
  const [w, h] = square ? [150, 178] : [172, 172]
  const box = (by: number, r: number): string =>
    square
      ? polygon([
          [600 - w + by, 760 - h + by, r],
          [600 + w - by, 760 - h + by, r],
          [600 + w - by, 760 + h - by, r],
          [600 - w + by, 760 + h - by, r],
        ])
      : ellipse(600, 760, w - by, h - by)
  const band = (from: number, to: number): string =>
    polygon([
      [600 - w * 0.62, from],
      [600 + w * 0.62, from],
      [600 + w * 0.5, to, 16],
      [600 - w * 0.5, to, 16],
    ])
  const leather: Look = { ...look, material: look.material === 'metal' ? 'smooth' : look.material }
  const straps =
    [band(700, 150), band(820, 1370)].map((d) => form(leather, d, { depth: 36 })).join('') +
    stitch(
      look,
      `M${600 - w * 0.5} 600L${600 - w * 0.4} 180M${600 + w * 0.5} 600L${600 + w * 0.4} 180M${600 - w * 0.5} 920L${600 - w * 0.4} 1340M${600 + w * 0.5} 920L${600 + w * 0.4} 1340`,
    )
  const dialTones = tonesOf(look.has('dark-dial') ? '#1f2530' : '#f4efe6')
  const marks = Array.from({ length: 12 }, (_, i) => {
    const [sin, cos] = [Math.sin((i * Math.PI) / 6), -Math.cos((i * Math.PI) / 6)]
    const reach = square
      ? Math.min((w - 44) / Math.max(0.01, Math.abs(sin)), (h - 44) / Math.max(0.01, Math.abs(cos)))
      : w - 44
    const length = i % 3 === 0 ? 28 : 16
    return `M${round(600 + sin * reach)} ${round(760 + cos * reach)}L${round(600 + sin * (reach - length))} ${round(760 + cos * (reach - length))}`
  })
  const ink = metalTones(look.metal).dark
  const dial =
    form(look, box(26, 14), { tones: dialTones, material: 'smooth', depth: 20 }) +
    `<path d="${marks.join('')}" stroke="${ink}" stroke-width="6" stroke-linecap="round"/>` +
    metalLine(look, 'M600 760L548 704', 8) +
    metalLine(look, 'M600 760L676 686', 6) +
    `<path d="M600 800L600 640" stroke="${ink}" stroke-width="2"/>` +
    metalPath(look, ellipse(600, 760, 9, 9))
  const crown = metalPath(
    look,
    polygon([
      [600 + w - 4, 742, 4],
      [600 + w + 24, 742, 6],
      [600 + w + 24, 778, 6],
      [600 + w - 4, 778, 4],
    ]),
    true,
  )
  const gem = look.has('diamond')
    ? Array.from({ length: 40 }, (_, i) =>
        stone(
          look,
          round(600 + (w - 12) * Math.cos((i * Math.PI) / 20)),
          round(760 + (h - 12) * Math.sin((i * Math.PI) / 20)),
          11,
          11,
          6,
        ),
      ).join('')
    : ''
  const art =
    straps +
    crown +
    metalPath(look, box(0, 40)) +
    metalPath(look, box(16, 22), true) +
    dial +
    gem +
    seam(look, `M${600 - w * 0.5} 330H${600 + w * 0.5}`) +
    strap(leather, `M${600 - w * 0.58} 300H${600 + w * 0.58}`, 26)
  const turned = look.view === 'angle' ? `<g transform="rotate(-24 600 760)">${art}</g>` : art
  const shadow = castShadow(band(700, 150) + band(820, 1370) + box(0, 40), 26, 34)
  return {
    art: turned,
    shadow: look.view === 'angle' ? `<g transform="rotate(-24 600 760)">${shadow}</g>` : shadow,
    focus: [620, 760],
    scale: 1.0,
    center: [600, 760],
    zoom: 2.9,
  }
}

export const adornmentShapes = { bracelet, earrings, watch }

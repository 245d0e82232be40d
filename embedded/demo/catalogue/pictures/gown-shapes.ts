import { curve, polygon } from './geometry.ts'
import type { Corner } from './geometry.ts'
import { castShadow, fold, folds, form, metalLine, seam, strap } from './primitives.ts'
import type { Crease, Drawn, Look } from './primitives.ts'
import { fall } from './draped-shapes.ts'

/** The long pieces: gowns and trousers. */

function gown(look: Look): Drawn {
  const hem = 1350
  const back = look.view === 'angle'
  const one = look.has('one-shoulder')
  const right: Corner[] = [
    [690, 372, 0],
    [728, 402],
    [744, 452],
    [708, 590],
    [698, 640],
    [748, 760],
    [790, 960],
    [868, 1230],
    [934, hem - 6, 0],
  ]
  const left: Corner[] = [
    [266, hem - 6, 0],
    [332, 1230],
    [410, 960],
    [452, 760],
    [502, 640],
    [492, 590],
    [456, 452],
    [472, 402],
    [510, one ? 372 : 372, 0],
  ]
  const bust: Corner[] = one
    ? [
        [508, 290, 0],
        [556, 286, 0],
        [620, 360],
      ]
    : back
      ? [[600, 520]]
      : [
          [560, 360],
          [600, 396, 0],
          [640, 360],
        ]
  const body = [...right, [600, hem + 24] as Corner, ...left, ...bust]
  const halter = back
    ? 'M518 384C540 300 640 420 672 472M682 384C660 300 560 420 528 472'
    : 'M524 378C524 300 556 246 600 246C644 246 676 300 676 378'
  const straps = one ? '' : strap(look, halter, 9, look.tones, false)
  const gather = (index: number, dy: number, width: number): Crease => ({
    from: [470 + index * 14, 410 + index * 8 + dy],
    to: [716, 560 + index * 14 + dy],
    width,
    bow: -34,
  })
  const seven = Array.from({ length: 7 }, (_, index) => index)
  const shadowed = seven.map((index) => gather(index, 0, 12))
  const lit = seven.map((index) => gather(index, 15, 8))
  const twist = folds(look, shadowed, 0.12) + folds(look, lit, -0.12)
  const slit =
    look.has('slit') && !back
      ? `<path d="M676 860C690 1020 716 1200 760 ${hem + 20}L700 ${hem + 20}C690 1200 684 1020 676 860Z" fill="${look.tones.deep}" opacity=".8"/>`
      : ''
  const inside =
    fall(look, [76, 680], [330, hem], 8, 0.12) +
    (look.has('draped') || one ? twist : seam(look, 'M490 640Q600 668 710 640')) +
    slit +
    (back ? seam(look, 'M600 520V1100') : '')
  const d = curve(body)
  return {
    art: straps + form(look, d, { depth: 60, inside }),
    shadow: castShadow(d),
    focus: [600, 520],
    scale: 1.1,
    center: [600, 810],
    zoom: 2,
  }
}

function trousers(look: Look): Drawn {
  const [top, hem] = [300, 1290]
  const wide = 128 * look.width
  const leg = (side: number): string =>
    curve([
      [600 + side * -4, top, 0],
      [600 + side * 126, top, 0],
      [600 + side * 134, top + 60],
      [600 + side * 182, top + 260],
      [600 + side * (150 + wide * 0.42), 800],
      [600 + side * (144 + wide * 0.62), hem, 0],
      [600 + side * (124 - wide * 0.7), hem + 8, 0],
      [600 + side * (50 - wide * 0.2), 820],
      [600 + side * 4, top + 330, 0],
    ])
  const legs = [-1, 1]
    .map((side) =>
      form(look, leg(side), {
        depth: 56,
        inside:
          seam(
            look,
            `M${600 + side * 74} ${top + 54}C${600 + side * 96} ${top + 400} ${600 + side * 120} 900 ${600 + side * (140 - wide * 0.04)} ${hem}`,
            2.2,
          ) +
          fold(look, [600 + side * 30, top + 330], [600 + side * 160, top + 250], 20, side * 10, 0.1) +
          fold(look, [600 + side * 150, top + 420], [600 + side * 172, hem], 24, side * 6, 0.07) +
          fold(
            look,
            [600 + side * 56, top + 400],
            [600 + side * (150 - wide * 0.4), hem - 30],
            26,
            0,
            -0.07,
          ) +
          (look.has('pleated')
            ? fold(look, [600 + side * 56, top + 40], [600 + side * 64, top + 270], 10, 0, 0.2)
            : ''),
      }),
    )
    .join('')
  const band = form(
    look,
    polygon([
      [470, top - 50, 4],
      [730, top - 50, 4],
      [728, top + 8, 4],
      [472, top + 8, 4],
    ]),
    { depth: 20 },
  )
  const loops = [500, 560, 640, 700]
    .map((x) => strap(look, `M${x} ${top - 54}V${top + 14}`, 13, look.tones, false))
    .join('')
  const back = look.view === 'angle'
  const pockets = back
    ? seam(look, `M500 ${top + 120}H566M634 ${top + 120}H700`, 4)
    : seam(look, `M486 ${top + 8}L466 ${top + 150}M714 ${top + 8}L734 ${top + 150}`, 2.6)
  const fly = back
    ? ''
    : seam(look, `M612 ${top + 10}V${top + 190}Q610 ${top + 220} 596 ${top + 236}`, 2.2) +
      metalLine(look, `M596 ${top - 22}h8`, 12)
  return {
    art: legs + band + loops + pockets + fly,
    shadow: castShadow(leg(-1) + leg(1)),
    focus: [620, top + 110],
    scale: 1.12,
    center: [600, 770],
    zoom: 2.9,
  }
}

export const gownShapes = { gown, trousers }

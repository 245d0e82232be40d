import { curve, mirrored, polygon } from './geometry.ts'
import type { Corner } from './geometry.ts'
import { castShadow, fold, folds, form, metalLine, seam, stitch, strap } from './primitives.ts'
import type { Crease, Drawn, Look } from './primitives.ts'

/** Dresses, skirts and trousers: garments that fall from the shoulder or the waist. */

/** Folds that open from a gathered line to the hem. */

export function fall(
  look: Look,
  from: readonly [half: number, y: number],
  to: readonly [half: number, y: number],
  count: number,
  strength = 0.09,
): string {
  const crease = (index: number, offset: number, width: number): Crease => {
    const part = ((index + 0.5) / count) * 2 - 1 + offset
    const y = from[1] + (index % 3) * 26
    return { from: [600 + from[0] * part, y], to: [600 + to[0] * part, to[1] + 6], width, bow: part * 26 }
  }
  const all = Array.from({ length: count }, (_, index) => index)
  const dark = all.map((index) => crease(index, 0, 15 + (index % 2) * 9))
  const lit = all.map((index) => crease(index, 0.7 / count, 13))
  return folds(look, dark, strength) + folds(look, lit, -strength * 0.9)
}

function dress(look: Look): Drawn {
  const hem = 1180 + 120 * (look.height - 1) * 10
  const flare = 232 * look.width
  const back = look.view === 'angle'
  const sleeveless = look.has('sleeveless')
  const neckline: Corner[] = sleeveless
    ? [
        [668, 300, 0],
        [726, 316, 0],
        [712, 420],
        [748, 486],
      ]
    : [
        [668, 296, 0],
        [742, 330],
        [772, 372, 0],
        [744, 440],
        [752, 500],
      ]
  const body: Corner[] = mirrored([
    ...neckline,
    [716, 620],
    [704, 664],
    [752, 790],
    [600 + flare * 0.93, hem - 130],
    [600 + flare, hem, 0],
  ])
  const arm = (side: number): string =>
    curve([
      [600 + side * 148, 344, 0],
      [600 + side * 214, 420],
      [600 + side * 262, 560],
      [600 + side * 276, 700, 0],
      [600 + side * 196, 716, 0],
      [600 + side * 178, 580],
      [600 + side * 138, 500, 0],
    ])
  const arms = sleeveless
    ? ''
    : [-1, 1]
        .map((side) =>
          form(look, arm(side), {
            depth: 42,
            inside:
              fold(look, [600 + side * 200, 470], [600 + side * 226, 690], 20, side * 8, 0.12) +
              fold(look, [600 + side * 176, 430], [600 + side * 240, 690], 16, side * 14, -0.1),
          }),
        )
        .join('')
  const depth = back ? 350 : look.has('v-neck') ? 500 : 372
  const neck =
    look.has('v-neck') && !back
      ? `M668 296L600 ${depth}L532 296Q600 274 668 296Z`
      : `M668 296Q600 ${depth * 1.16 - 66} 532 296Q600 274 668 296Z`
  const wrap =
    look.has('wrap') && !back
      ? seam(look, `M668 300C640 420 560 560 492 648`, 3) +
        seam(look, `M560 664C620 820 650 1000 640 ${hem}`, 3)
      : ''
  const belt = look.has('belted')
    ? strap(look, 'M494 648Q600 668 706 648', 34) +
      (back
        ? ''
        : metalLine(
            look,
            polygon([
              [574, 632, 6],
              [630, 634, 6],
              [630, 682, 6],
              [574, 680, 6],
            ]),
            9,
          ))
    : seam(look, 'M486 650Q600 672 714 650')
  const inside =
    fall(look, [92, 680], [flare, hem], 8, look.material === 'silk' ? 0.12 : 0.08) +
    fold(look, [520, 420], [560, 640], 22, 8, 0.07) +
    fold(look, [690, 430], [644, 640], 22, -8, 0.08) +
    wrap +
    (back ? seam(look, 'M600 330V1000') : '')
  const d = curve(body)
  const art =
    arms +
    form(look, d, { depth: 62, inside }) +
    `<path d="${neck}" fill="${look.tones.deep}" opacity=".82"/>` +
    seam(look, neck, 2) +
    belt
  return {
    art,
    shadow: castShadow(d + (sleeveless ? '' : arm(-1) + arm(1))),
    focus: [600, 520],
    scale: 1.2,
    center: [600, 745],
    zoom: 2.2,
  }
}

function skirt(look: Look): Drawn {
  const [top, hem] = [440, 440 + 640 * look.height]
  const flare = 250 * look.width
  const body = mirrored([
    [600 + 132, top, 0],
    [600 + 138, top + 54],
    [600 + 168 + (flare - 190) * 0.3, top + 210],
    [600 + flare, hem, 0],
  ])
  const pleat = (index: number, offset: number, width: number): Crease => {
    const part = (index - 7) / 7.4 + offset
    return { from: [600 + 132 * part, top + 50], to: [600 + flare * part, hem + 8], width, bow: part * 6 }
  }
  const fifteen = Array.from({ length: 15 }, (_, index) => index)
  const deepFolds = fifteen.map((index) => pleat(index, 0, 12))
  const litFolds = fifteen.map((index) => pleat(index, 0.05, 9))
  const pleats = look.has('pleated')
    ? folds(look, deepFolds, 0.17) + folds(look, litFolds, -0.17)
    : fall(look, [110, top + 80], [flare * 0.94, hem], 6, 0.07) +
      (look.has('wrap') ? seam(look, `M520 ${top}C540 ${top + 240} 520 ${top + 460} 500 ${hem}`, 3) : '')
  const band = form(
    look,
    polygon([
      [466, top - 4, 4],
      [734, top - 4, 4],
      [738, top + 50, 4],
      [462, top + 50, 4],
    ]),
    { depth: 20 },
  )
  const zip =
    look.view === 'angle'
      ? seam(look, `M600 ${top}V${top + 230}`, 3)
      : look.has('buttons')
        ? [0, 1, 2, 3, 4].map((i) => metalLine(look, `M${520 + i * 1} ${top + 22 + i * 110}h2`, 20)).join('')
        : ''
  const d = curve(body)
  return {
    art:
      form(look, d, { depth: 60, inside: pleats }) + band + stitch(look, `M466 ${top + 42}H734`, 2.2) + zip,
    shadow: castShadow(d),
    focus: [600, top + 130],
    scale: 1.36,
    center: [600, (top + hem) / 2],
    zoom: 2.9,
  }
}

export const drapedShapes = { dress, skirt }

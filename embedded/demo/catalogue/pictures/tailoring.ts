import { curve, ellipse, mirrored } from './geometry.ts'
import type { Corner } from './geometry.ts'
import { castShadow, fold, form, metalPath, seam } from './primitives.ts'
import type { Drawn, Look } from './primitives.ts'

/** What garments with shoulders share: body, sleeves, back, buttons. The angle view is the back. */

export interface Cut {
  readonly shoulder: number
  readonly chest: number
  readonly waist: number
  readonly hem: number
  readonly waistY: number
  readonly hemY: number
  readonly cuffY: number
  readonly sleeve: number
}

export const neckY = 318

function bodice({ shoulder, chest, waist, hem, waistY, hemY }: Cut, neck = 74): string {
  return curve(
    mirrored([
      [600 + neck, neckY - 26, 0],
      [600 + shoulder * 0.6, neckY + 2],
      [600 + shoulder, neckY + 46, 0],
      [600 + shoulder * 0.93, neckY + 150],
      [600 + chest, neckY + 250],
      [600 + waist, waistY],
      [600 + (waist + hem) / 2 + 14, (waistY + hemY) / 2],
      [600 + hem, hemY, 0],
    ]),
  )
}

/** Both sleeves; drawn before the body, which covers the armholes. */

function sleeves(
  look: Look,
  { shoulder, chest, cuffY, sleeve }: Cut,
  cuff = '',
): { art: string; outline: string } {
  const wrist = shoulder + 78
  const half = (side: number): Corner[] => [
    [600 + side * (shoulder - 26), neckY + 34, 0],
    [600 + side * (shoulder + 26), neckY + 84],
    [600 + side * (shoulder + 62), neckY + 260],
    [600 + side * (wrist + 14), cuffY - 150],
    [600 + side * (wrist + 18), cuffY, 0],
    [600 + side * (wrist + 18 - sleeve), cuffY + 12, 0],
    [600 + side * (wrist - sleeve - 6), cuffY - 200],
    [600 + side * (chest - 24), neckY + 250, 0],
  ]
  const one = (side: number): string => {
    const x = 600 + side * (wrist - sleeve * 0.3)
    const creases =
      fold(
        look,
        [600 + side * (shoulder + 40), neckY + 210],
        [x - side * 60, neckY + 330],
        17,
        side * 10,
        0.07,
      ) +
      fold(
        look,
        [600 + side * (shoulder + 6), neckY + 120],
        [x - side * 10, cuffY - 60],
        26,
        side * 8,
        -0.06,
      ) +
      fold(look, [x + side * 30, cuffY - 210], [x - side * 40, cuffY - 150], 14, side * 8, 0.06)
    const edge = `M${600 + side * (wrist + 40)} ${cuffY - 70}L${600 + side * (wrist - sleeve - 20)} ${cuffY - 58}`
    return form(look, curve(half(side)), {
      depth: 48,
      inside: creases + (cuff === 'cuff' ? seam(look, edge) : ''),
    })
  }
  return { art: one(-1) + one(1), outline: curve(half(-1)) + curve(half(1)) }
}

export function button(look: Look, x: number, y: number, radius = 12): string {
  const { deep, dark, light } = look.tones
  if (look.has('gold-buttons')) return metalPath(look, ellipse(x, y, radius, radius))
  return `<circle cx="${x + 2}" cy="${y + 4}" r="${radius}" fill="${deep}" opacity=".5"/><circle cx="${x}" cy="${y}" r="${radius}" fill="${dark}" stroke="${deep}" stroke-width="1.5"/><circle cx="${x}" cy="${y}" r="${radius * 0.62}" fill="none" stroke="${light}" stroke-opacity=".6" stroke-width="1.6"/><circle cx="${x - 3}" cy="${y}" r="1.6" fill="${deep}"/><circle cx="${x + 3}" cy="${y}" r="1.6" fill="${deep}"/>`
}

/** Collar and lapels over a dark opening; `breakY` is where they meet, `lap` how far the right side crosses. */

function backOf(look: Look, { waistY, hemY, waist }: Cut, vent: boolean): string {
  const collar = `M524 ${neckY - 40}Q600 ${neckY - 74} 676 ${neckY - 40}L690 ${neckY + 8}Q600 ${neckY + 34} 510 ${neckY + 8}Z`
  return (
    seam(look, `M600 ${neckY}V${hemY + 20}`) +
    (vent
      ? `<path d="M600 ${hemY + 10}L604 ${(waistY + hemY) / 2 + 40}L616 ${hemY + 10}Z" fill="${look.tones.deep}" opacity=".7"/>`
      : '') +
    fold(look, [600 - waist * 0.5, neckY + 150], [600 - waist * 0.46, hemY - 60], 30, 8, 0.06) +
    fold(look, [600 + waist * 0.5, neckY + 150], [600 + waist * 0.52, hemY - 60], 30, -8, 0.07) +
    form(look, collar, { depth: 22 })
  )
}

function drape(look: Look, { waist, hem, waistY, hemY }: Cut): string {
  return [-0.78, -0.46, 0.36, 0.7]
    .map(
      (part) =>
        fold(look, [600 + waist * part, waistY + 20], [600 + hem * part, hemY], 26, part * 12, 0.075) +
        fold(
          look,
          [600 + waist * (part + 0.16), waistY + 40],
          [600 + hem * (part + 0.16), hemY],
          22,
          part * 10,
          -0.05,
        ),
    )
    .join('')
}

export function assembled(
  look: Look,
  cut: Cut,
  front: string,
  options: {
    vent?: boolean
    neck?: number
    cuff?: string
    belt?: string
    /** What the back shows inside its outline, when it is not a tailored back. */
    back?: string
    focus: readonly [number, number]
    scale: number
  },
): Drawn {
  const body = bodice(cut, options.neck)
  const arms = sleeves(look, cut, options.cuff)
  const back = look.view === 'angle'
  const inside =
    drape(look, cut) + (back ? (options.back ?? backOf(look, cut, options.vent ?? false)) : front)
  const art = arms.art + form(look, body, { depth: 64, inside }) + (options.belt ?? '')
  return {
    art,
    shadow: castShadow(arms.outline + body),
    focus: options.focus,
    center: [600, (neckY - 60 + cut.hemY) / 2],
    scale: options.scale,
    zoom: 2.2,
  }
}

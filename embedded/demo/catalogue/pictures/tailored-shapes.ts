import { polygon } from './geometry.ts'
import type { Corner } from './geometry.ts'
import { form, metalLine, seam, strap } from './primitives.ts'
import type { Drawn, Look } from './primitives.ts'
import { assembled, button, neckY } from './tailoring.ts'
import type { Cut } from './tailoring.ts'

/** Coats and jackets, as on an invisible stand. */

function lapels(look: Look, breakY: number, width: number, lap: number): string {
  const opening = polygon([
    [526, neckY - 34, 0],
    [674, neckY - 34, 0],
    [600 - lap, breakY - 8],
  ])
  const left: Corner[] = [
    [528, neckY - 44, 0],
    [600 - width, neckY + 132, 6],
    [600 - width + 40, neckY + 150, 4],
    [600 - width - 6, neckY + 186, 6],
    [600 - lap, breakY, 0],
    [566, neckY + 60, 30],
  ]
  const right: Corner[] = [
    [672, neckY - 44, 0],
    [600 + width, neckY + 132, 6],
    [600 + width - 40, neckY + 150, 4],
    [600 + width + 6, neckY + 186, 6],
    [600 - lap, breakY, 0],
    [634, neckY + 60, 30],
  ]
  const collar = `M522 ${neckY - 30}Q600 ${neckY - 92} 678 ${neckY - 30}L664 ${neckY + 6}Q600 ${neckY - 46} 536 ${neckY + 6}Z`
  return (
    `<path d="${opening}" fill="${look.tones.deep}"/>` +
    form(look, collar, { depth: 22 }) +
    form(look, polygon(left), { depth: 30 }) +
    form(look, polygon(right), { depth: 30 }) +
    seam(
      look,
      `M${600 - width + 40} ${neckY + 150}L548 ${neckY + 62}M${600 + width - 40} ${neckY + 150}L652 ${neckY + 62}`,
    )
  )
}

function coat(look: Look): Drawn {
  const belted = look.has('belted')
  const cut: Cut = {
    shoulder: 196,
    chest: 184,
    waist: belted ? 152 : 190,
    hem: 250 * look.width,
    waistY: 720,
    hemY: 720 + 560 * look.height,
    cuffY: 880,
    sleeve: 96,
  }
  const double = look.has('double')
  const lap = double ? 96 : 26
  const buttons = (
    double
      ? [
          [-92, 610],
          [92, 610],
          [-92, 700],
          [92, 700],
          [-92, 790],
          [92, 790],
        ]
      : [
          [0, 620],
          [0, 730],
          [0, 840],
        ]
  ).filter(([, y]) => !(belted && y === 700))
  const front =
    seam(look, `M${600 - lap} 560V${cut.hemY + 30}`, 3) +
    [-1, 1]
      .map((side) =>
        seam(look, `M${600 + side * 96} 838L${600 + side * 188} 812V846L${600 + side * 98} 872Z`),
      )
      .join('') +
    buttons.map(([x = 0, y = 0]) => button(look, 600 + x, y, 14)).join('') +
    lapels(look, 590, double ? 158 : 132, lap)
  const beltArt = belted
    ? strap(look, `M${600 - cut.waist - 8} 704Q600 722 ${600 + cut.waist + 8} 704`, 46) +
      (look.view === 'angle'
        ? ''
        : form(
            look,
            polygon([
              [560, 716, 6],
              [604, 720, 6],
              [560, 930, 8],
              [516, 922, 8],
            ]),
            { depth: 16 },
          ) +
          metalLine(
            look,
            polygon([
              [556, 680, 8],
              [622, 684, 8],
              [622, 746, 8],
              [556, 742, 8],
            ]),
            10,
          ))
    : ''
  return assembled(look, cut, front, {
    vent: true,
    cuff: 'cuff',
    belt: beltArt,
    focus: [600, 560],
    scale: 1.14,
  })
}

function blazer(look: Look): Drawn {
  const double = look.has('double')
  const cropped = look.has('cropped')
  const cut: Cut = {
    shoulder: 196,
    chest: 178,
    waist: cropped ? 172 : 154,
    hem: cropped ? 176 : 194,
    waistY: 660,
    hemY: cropped ? 790 : 930,
    cuffY: 880,
    sleeve: 88,
  }
  const lap = double ? 84 : 20
  const pocketY = cropped ? 690 : 756
  const braid = (d: string): string =>
    `<path d="${d}" fill="none" stroke="${look.tones.pale}" stroke-width="13"/><path d="${d}" fill="none" stroke="${look.tones.deep}" stroke-width="2.5" stroke-dasharray="7 5"/>`
  const pockets = [-1, 1]
    .map((side) =>
      look.has('braid')
        ? braid(
            `M${600 + side * 60} ${pocketY - 84}H${600 + side * 148}M${600 + side * 60} ${pocketY + 10}H${600 + side * 148}`,
          )
        : seam(
            look,
            polygon([
              [600 + side * 66, pocketY],
              [600 + side * 158, pocketY - 8],
              [600 + side * 160, pocketY + 34],
              [600 + side * 66, pocketY + 40],
            ]),
            2.6,
          ),
    )
    .join('')
  const buttons = double
    ? [
        [-78, 660],
        [78, 660],
        [-78, 750],
        [78, 750],
      ]
    : [
        [0, 680],
        [0, 770],
      ]
  const front = look.has('braid')
    ? `<path d="${polygon([
        [526, neckY - 34],
        [674, neckY - 34],
        [640, neckY + 26, 30],
        [560, neckY + 26, 30],
      ])}" fill="${look.tones.deep}"/>` +
      seam(look, `M600 ${neckY + 20}V${cut.hemY}`, 3) +
      braid(
        `M520 ${neckY - 36}Q600 ${neckY + 76} 680 ${neckY - 36}M600 ${neckY + 22}V${cut.hemY}M400 ${cut.hemY - 8}H800`,
      ) +
      pockets +
      [430, 530, 630, 730].map((y) => button({ ...look, has: () => true }, 600, y, 14)).join('')
    : seam(
        look,
        `M${600 - lap} 640C${600 - lap} 760 ${600 - lap + 6} 860 ${600 - lap - 34} ${cut.hemY + 10}`,
        3,
      ) +
      pockets +
      seam(look, `M650 486L726 476V500L652 510Z`) +
      buttons.map(([x = 0, y = 0]) => button(look, 600 + x, y, 13)).join('') +
      lapels(look, 650, double ? 150 : 126, lap)
  return assembled(look, cut, front, { vent: !cropped, focus: [620, 560], scale: 1.3 })
}

export const tailoredShapes = { coat, blazer }

import { curve, ellipse, polygon } from './geometry.ts'
import { fold, form, seam, stitch, strap } from './primitives.ts'
import type { Drawn, Look } from './primitives.ts'
import { assembled, button, neckY } from './tailoring.ts'
import type { Cut } from './tailoring.ts'

/** Knitwear and shirts: soft shoulders, no lapels. */

function knit(look: Look): Drawn {
  const cut: Cut = {
    shoulder: 192,
    chest: 188,
    waist: 180,
    hem: 166,
    waistY: 660,
    hemY: 850 * look.height,
    cuffY: 830,
    sleeve: 92,
  }
  const rib = (x1: number, x2: number, y: number, h: number): string =>
    `<path d="${Array.from({ length: Math.floor((x2 - x1) / 11) }, (_, i) => `M${x1 + i * 11} ${y}v${h}`).join('')}" stroke="${look.tones.deep}" stroke-opacity=".22" stroke-width="4"/>`
  const roll = look.has('roll-neck')
  const neck = roll
    ? form(
        look,
        `M520 ${neckY - 20}C516 ${neckY - 70} 520 ${neckY - 118} 524 ${neckY - 122}Q600 ${neckY - 146} 676 ${neckY - 122}C682 ${neckY - 100} 684 ${neckY - 70} 680 ${neckY - 20}Q600 ${neckY + 44} 520 ${neckY - 20}Z`,
        { depth: 34, inside: rib(516, 690, neckY - 150, 190) },
      )
    : look.view === 'angle'
      ? strap(look, `M522 ${neckY - 24}Q600 ${neckY + 6} 678 ${neckY - 24}`, 26, look.tones, false)
      : `<path d="M522 ${neckY - 30}Q600 ${neckY - 62} 678 ${neckY - 30}Q600 ${neckY + 86} 522 ${neckY - 30}Z" fill="${look.tones.deep}"/>` +
        strap(look, `M522 ${neckY - 30}Q600 ${neckY + 86} 678 ${neckY - 30}`, 28, look.tones, false)
  const strand = (x: number, side: number): string =>
    `M${x} 372${Array.from({ length: 9 }, (_, i) => `q${side * (i % 2 ? -34 : 34)} 24 0 48`).join('')}`
  const cable = look.has('cable')
    ? [480, 600, 720]
        .map((x) => {
          const pair = strand(x, 1) + strand(x, -1)
          return `<g fill="none"><path d="${pair}" stroke="${look.tones.deep}" stroke-opacity=".24" stroke-width="21" transform="translate(3 4)"/><path d="${pair}" stroke="${look.tones.base}" stroke-width="17"/><path d="${pair}" stroke="${look.tones.pale}" stroke-opacity=".5" stroke-width="6" transform="translate(-3 -2)"/></g>`
        })
        .join('')
    : ''
  const cardigan = look.has('cardigan') && look.view !== 'angle'
  const opening = cardigan
    ? `<path d="M540 ${neckY - 40}L600 560L660 ${neckY - 40}Z" fill="${look.tones.deep}"/>` +
      strap(look, `M532 ${neckY - 34}Q560 480 600 560V${cut.hemY}`, 30, look.tones, false) +
      strap(look, `M668 ${neckY - 34}Q640 480 600 560`, 30, look.tones, false) +
      [590, 660, 730, 800].map((y) => button(look, 600, y, 12)).join('')
    : ''
  const hem = rib(400, 800, cut.hemY - 62, 70) + seam(look, `M400 ${cut.hemY - 62}H800`)
  return assembled(look, cut, cable + hem + opening, {
    cuff: 'cuff',
    back: cable + hem,
    belt: cardigan ? '' : neck,
    focus: cardigan ? [600, 560] : [600, neckY + 70],
    scale: 1.32,
  })
}

function shirt(look: Look): Drawn {
  const cut: Cut = {
    shoulder: 184,
    chest: 176,
    waist: 170,
    hem: 182,
    waistY: 680,
    hemY: 930 * look.height,
    cuffY: 880,
    sleeve: 80,
  }
  const blouse = look.has('bow')
  const placket =
    seam(look, `M582 ${neckY + 10}V${cut.hemY}M618 ${neckY + 10}V${cut.hemY}`, 2) +
    [430, 520, 610, 700, 790, 880].map((y) => button(look, 600, y, 7)).join('')
  const collarHalf = (side: number): string =>
    form(
      look,
      polygon([
        [600 + side * 4, neckY + 6, 6],
        [600 + side * 84, neckY - 46, 4],
        [600 + side * 112, neckY + 54, 8],
        [600 + side * 40, neckY + 84, 10],
      ]),
      { depth: 18 },
    )
  const stand = `<path d="M530 ${neckY - 44}Q600 ${neckY - 76} 670 ${neckY - 44}Q600 ${neckY + 40} 530 ${neckY - 44}Z" fill="${look.tones.deep}" opacity=".85"/>`
  const pocket = seam(
    look,
    polygon([
      [656, 470],
      [736, 466],
      [736, 560, 10],
      [697, 574, 6],
      [658, 562, 10],
    ]),
    2,
  )
  const tails = blouse
    ? form(
        look,
        curve([
          [600, neckY + 46, 0],
          [560, neckY + 150],
          [536, neckY + 330, 0],
          [596, neckY + 340, 0],
          [612, neckY + 160],
        ]),
        { depth: 26 },
      ) +
      form(
        look,
        curve([
          [600, neckY + 46, 0],
          [640, neckY + 160],
          [650, neckY + 290, 0],
          [706, neckY + 270, 0],
          [660, neckY + 130],
        ]),
        { depth: 26 },
      ) +
      [-1, 1]
        .map((side) =>
          form(
            look,
            curve([
              [600, neckY + 40, 0],
              [600 + side * 84, neckY - 12],
              [600 + side * 138, neckY + 26],
              [600 + side * 118, neckY + 88],
              [600 + side * 50, neckY + 74],
            ]),
            { depth: 28 },
          ),
        )
        .join('') +
      form(look, ellipse(600, neckY + 44, 23, 27), { depth: 16 })
    : collarHalf(-1) + collarHalf(1)
  const front =
    placket +
    (blouse ? '' : pocket) +
    fold(look, [520, 430], [540, 880], 26, 10, 0.06) +
    fold(look, [690, 600], [676, 900], 24, -8, 0.06) +
    fold(look, [556, 470], [566, 900], 20, 4, -0.09)
  const collar = look.view === 'angle' ? '' : stand + tails
  const yoke =
    look.view === 'angle'
      ? stitch(look, `M424 ${neckY + 140}Q600 ${neckY + 116} 776 ${neckY + 140}`, 2.2)
      : ''
  const pleat =
    fold(look, [590, neckY + 134], [580, cut.hemY], 18, 4, 0.1) +
    fold(look, [610, neckY + 134], [622, cut.hemY], 16, -4, -0.1) +
    strap(look, `M524 ${neckY - 34}Q600 ${neckY - 4} 676 ${neckY - 34}`, 34, look.tones, false)
  return assembled(look, cut, front, {
    cuff: 'cuff',
    back: pleat,
    belt: yoke + collar,
    focus: [600, neckY + 110],
    scale: 1.3,
  })
}

export const knitShapes = { knit, shirt }

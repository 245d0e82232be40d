import { curve, ellipse, polygon, round } from './geometry.ts'
import { castShadow, fold, folds, form, metalLine, strap } from './primitives.ts'
import type { Drawn, Look } from './primitives.ts'

/** Scarves, belts, sunglasses, hats, gloves. */

function silkSquare(look: Look): Drawn {
  const { base, pale, dark, light } = look.tones
  const accent = look.has('coral') ? '#c65f45' : look.has('sky') ? '#7f9fb5' : '#c9a461'
  const square = polygon([
    [260, 420, 6],
    [940, 420, 6],
    [940, 1100, 6],
    [260, 1100, 6],
  ])
  const rings = [300, 236, 176, 120, 66]
    .map((r, i) => `<circle cx="600" cy="760" r="${r}" fill="${[pale, base, accent, light, dark][i]}"/>`)
    .join('')
  const petals = Array.from(
    { length: 16 },
    (_, i) =>
      `<path d="M600 760Q${round(560)} 640 600 536Q640 640 600 760Z" transform="rotate(${i * 22.5} 600 760)"/>`,
  ).join('')
  const corners = [
    [330, 490],
    [870, 490],
    [330, 1030],
    [870, 1030],
  ]
    .map(
      ([x = 0, y = 0]) =>
        `<circle cx="${x}" cy="${y}" r="92" fill="${accent}"/><circle cx="${x}" cy="${y}" r="70" fill="${pale}"/><circle cx="${x}" cy="${y}" r="46" fill="${base}"/><circle cx="${x}" cy="${y}" r="20" fill="${accent}"/>`,
    )
    .join('')
  const stripes = look.has('stripes')
    ? Array.from(
        { length: 9 },
        (_, i) =>
          `<path d="M260 ${450 + i * 74}H940" stroke="${i % 3 === 1 ? accent : base}" stroke-width="${i % 3 === 1 ? 30 : 12}"/>`,
      ).join('')
    : ''
  const print =
    stripes ||
    `${corners}${rings}<g fill="${dark}" fill-opacity=".8" stroke="${pale}" stroke-width="4">${petals}</g><circle cx="600" cy="760" r="44" fill="${accent}"/>`
  const border = `<rect x="282" y="442" width="636" height="636" fill="none" stroke="${base}" stroke-width="44"/><rect x="304" y="464" width="592" height="592" fill="none" stroke="${accent}" stroke-width="6"/>`
  const waves =
    fold(look, [300, 430], [420, 1090], 46, 20, 0.08) +
    fold(look, [520, 430], [470, 1090], 40, -20, -0.1) +
    fold(look, [700, 420], [800, 1096], 50, 20, 0.08) +
    fold(look, [880, 430], [800, 1090], 30, 20, -0.09)
  const flat = form(look, square, { depth: 26, fill: pale, inside: print + border + waves })
  if (look.view !== 'angle')
    return {
      art: `<g transform="rotate(-4 600 760)">${flat}</g>`,
      shadow: castShadow(square, 14, 22, 0.3),
      focus: [760, 900],
      scale: 1.2,
      center: [600, 760],
      zoom: 2,
    }
  const knot = (d: string, tilt: number): string =>
    form(look, d, {
      depth: 50,
      inside:
        `<g transform="rotate(${tilt} 600 760)">${print}</g>` +
        folds(
          look,
          [
            { from: [600, 470], to: [520, 1100], width: 26 },
            { from: [610, 470], to: [660, 1100], width: 26 },
            { from: [590, 470], to: [760, 1040], width: 20 },
          ],
          0.14,
        ),
    })
  const tail = curve([
    [580, 560, 0],
    [470, 820],
    [410, 1120, 0],
    [560, 1180, 0],
    [600, 860],
  ])
  const other = curve([
    [620, 560, 0],
    [700, 800],
    [800, 1060, 0],
    [680, 1140, 0],
    [610, 840],
  ])
  const loop = curve([
    [600, 590, 0],
    [400, 480],
    [420, 330],
    [600, 400],
    [780, 330],
    [800, 480],
  ])
  const art =
    knot(other, 30) +
    knot(tail, -18) +
    knot(loop, 12) +
    form(
      look,
      curve([
        [540, 520],
        [600, 490],
        [660, 520],
        [670, 600],
        [600, 640],
        [530, 600],
      ]),
      { depth: 40 },
    )
  return {
    art: art,
    shadow: castShadow(tail + other + loop),
    focus: [600, 700],
    scale: 1.1,
    center: [600, 760],
  }
}

function woolScarf(look: Look): Drawn {
  const angle = look.view === 'angle'
  const tail = (x: number, w: number, top: number, bottom: number): string =>
    polygon([
      [x, top],
      [x + w, top],
      [x + w + 14, bottom, 3],
      [x - 14, bottom, 3],
    ])
  const fringe = (x: number, w: number, y: number): string =>
    Array.from(
      { length: 15 },
      (_, i) =>
        `M${round(x - 10 + ((w + 20) / 14) * i)} ${y}q${(i % 3) - 1} 40 ${((i * 5) % 7) - 3} ${78 + ((i * 7) % 12)}`,
    ).join('')
  const check = (x: number, w: number): string =>
    look.has('check')
      ? `<g stroke="${look.tones.pale}" stroke-opacity=".45">${[0.2, 0.5, 0.8].map((p) => `<path d="M${x + w * p} 300V1300" stroke-width="14"/>`).join('')}${[420, 560, 700, 840, 980, 1120].map((y) => `<path d="M${x - 40} ${y}H${x + w + 40}" stroke-width="14"/>`).join('')}</g>`
      : ''
  const piece = (x: number, w: number, top: number, bottom: number): string =>
    `<path d="${fringe(x, w, bottom - 4)}" fill="none" stroke="${look.tones.dark}" stroke-width="9" stroke-linecap="round"/><path d="${fringe(x, w, bottom - 4)}" fill="none" stroke="${look.tones.base}" stroke-width="5" stroke-linecap="round"/>` +
    form(look, tail(x, w, top, bottom), {
      depth: 40,
      inside:
        check(x, w) +
        fold(look, [x + w * 0.3, top], [x + w * 0.36, bottom], 22, 8, 0.1) +
        fold(look, [x + w * 0.7, top], [x + w * 0.62, bottom], 20, -8, -0.08),
    })
  const loop = curve([
    [430, 420],
    [600, 330],
    [770, 420],
    [780, 560],
    [600, 640],
    [420, 560],
  ])
  const art = angle
    ? piece(470, 190, 500, 1160) +
      piece(610, 180, 500, 1040) +
      form(look, loop, {
        depth: 80,
        inside:
          check(400, 400) +
          fold(look, [430, 440], [770, 470], 30, 60, 0.16) +
          fold(look, [430, 520], [770, 550], 26, 50, 0.12),
      })
    : piece(420, 180, 320, 1100) +
      piece(610, 180, 320, 1180) +
      form(
        look,
        polygon([
          [404, 300, 30],
          [806, 300, 30],
          [806, 372, 20],
          [404, 372, 20],
        ]),
        { depth: 40 },
      )
  return {
    art,
    shadow: castShadow(angle ? loop + tail(470, 320, 500, 1160) : tail(420, 370, 320, 1180)),
    focus: [620, angle ? 1000 : 1040],
    scale: 1.04,
    center: [600, 770],
    zoom: 2.2,
  }
}

/** A band seen flat: stitched near both edges, without the roundness of a handle. */

function flat({ tones }: Look, d: string, width: number): string {
  const line = (color: string, by: number, more = ''): string =>
    `<path d="${d}" stroke="${color}" stroke-width="${round(width + by)}"${more}/>`
  return `<g fill="none" stroke-linejoin="round">${line(tones.deep, 0)}${line(tones.light, -3)}${line(tones.base, -7)}${line(tones.pale, -16, ' stroke-dasharray="9 6" stroke-opacity=".7"')}${line(tones.base, -21)}</g>`
}

function belt(look: Look): Drawn {
  const wide = 62 * look.width
  const coil =
    'M600 560C780 560 900 650 900 770C900 900 770 980 600 980C430 980 320 890 320 780C320 680 420 620 560 620C720 620 800 690 800 770C800 850 710 890 610 890C510 890 440 850 440 786C440 730 500 700 580 700'
  const angle = look.view === 'angle'
  const buckle = (x: number, y: number): string =>
    look.has('ring')
      ? metalLine(look, ellipse(x, y, wide * 0.84, wide * 0.84), 17)
      : metalLine(
          look,
          polygon([
            [x - wide * 0.78, y - wide * 0.72, 12],
            [x + wide * 0.78, y - wide * 0.72, 12],
            [x + wide * 0.78, y + wide * 0.72, 12],
            [x - wide * 0.78, y + wide * 0.72, 12],
          ]),
          17,
        ) + metalLine(look, `M${x} ${y + wide * 0.6}V${y - wide * 0.7}`, 10)
  const holes = [0, 1, 2, 3, 4]
    .map((i) => `<circle cx="740" cy="${1000 + i * 52}" r="6" fill="${look.tones.deep}"/>`)
    .join('')
  const looped = `M460 1240V470C460 300 740 300 740 470V1180L740 1240`
  const art = angle
    ? `<g transform="translate(0 -10)">${flat(look, coil, wide * 0.9)}${buckle(606, 560)}</g>`
    : flat(look, looped, wide) +
      holes +
      buckle(460, 1240) +
      strap(look, `M${460 - wide * 0.62} 1130H${460 + wide * 0.62}`, 26)
  const path = angle ? coil : looped
  return {
    art,
    shadow: `<path d="${path}" fill="none" stroke="#3b2c20" stroke-width="${wide}" opacity=".3" transform="translate(18 26)"/>`,
    focus: angle ? [606, 560] : [470, 1190],
    scale: 1.08,
    center: [600, 790],
  }
}

export const accessoryShapes = { silkSquare, woolScarf, belt }

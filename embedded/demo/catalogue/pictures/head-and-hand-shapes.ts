import { curve, ellipse, mirrored, polygon } from './geometry.ts'
import type { Corner } from './geometry.ts'
import {
  castShadow,
  floorShadow,
  fold,
  folds,
  form,
  gradient,
  metalLine,
  metalPath,
  seam,
  stitch,
  strap,
  tonesOf,
} from './primitives.ts'
import type { Drawn, Look } from './primitives.ts'

/** What is worn on the head and the hands. */

function sunglasses(look: Look): Drawn {
  const angle = look.view === 'angle'
  const lensTones = tonesOf(look.has('green') ? '#3c4a3d' : look.has('brown') ? '#5b4130' : '#33353a')
  const eye = (side: number, by = 0): string => {
    const x = 600 + side * 158
    const [w, h] = [124 - by, (look.has('round') ? 112 : 94) - by]
    if (look.has('round')) return ellipse(x, 770, w - 6, h)
    return curve([
      [x - side * w, 770 - h * 0.72],
      [x + side * w * 0.4, 770 - h * 0.98],
      [x + side * (w + (look.has('cat-eye') ? 34 : 6)), 770 - h * (look.has('cat-eye') ? 1.2 : 0.78)],
      [x + side * w * 0.96, 770 + h * 0.2],
      [x + side * w * 0.34, 770 + h * 0.98],
      [x - side * w * 0.62, 770 + h * 0.84],
      [x - side * w * 1.02, 770 + h * 0.06],
    ])
  }
  const glass = (side: number): string =>
    `<path d="${eye(side, 18)}" fill="${gradient(look.studio, [lensTones.deep, lensTones.base, lensTones.light], 'x2="0.3" y2="1"')}"/>` +
    `<path d="M${600 + side * 158 - 70} 836L${600 + side * 158 + 10} 700h36L${600 + side * 158 - 30} 850Z" fill="#fff" opacity=".12"/>`
  const wire = look.has('wire')
  const rim = (side: number): string =>
    wire
      ? glass(side) + metalLine(look, eye(side, 14), 11)
      : form(look, eye(side), { depth: 22 }) +
        glass(side) +
        `<path d="${eye(side, 18)}" fill="none" stroke="${look.tones.deep}" stroke-width="3"/>`
  const bridge = wire
    ? metalLine(look, 'M482 740Q600 676 718 740', 10)
    : strap(look, 'M540 744Q600 706 660 744', 28, look.tones, false)
  const arm = (side: number): string =>
    strap(
      look,
      `M${600 + side * 286} 716C${600 + side * 330} 700 ${600 + side * 300} 620 ${600 + side * 236} 560L${600 + side * 180} 540`,
      wire ? 9 : 17,
      look.tones,
      false,
    )
  const art =
    arm(-1) +
    arm(1) +
    bridge +
    rim(-1) +
    rim(1) +
    [-1, 1]
      .map((side) =>
        metalPath(
          look,
          polygon([
            [600 + side * 276 - 9, 700, 3],
            [600 + side * 276 + 9, 700, 3],
            [600 + side * 276 + 9, 716, 3],
            [600 + side * 276 - 9, 716, 3],
          ]),
        ),
      )
      .join('')
  const turned = angle ? `<g transform="matrix(.9 -.14 .1 .98 -18 100)">${art}</g>` : art
  return {
    art: turned,
    shadow: floorShadow(600, 880, 300) + castShadow(eye(-1) + eye(1), 20, 60, 0.2),
    focus: [800, 740],
    scale: 1.34,
    center: [600, 740],
    zoom: 2.6,
  }
}

function hat(look: Look): Drawn {
  const beanie = look.has('beanie')
  if (beanie) {
    const crown = curve(
      mirrored([
        [600, 420],
        [720, 450],
        [806, 570],
        [828, 760, 0],
        [826, 860, 0],
      ]),
    )
    const rib = folds(
      look,
      Array.from({ length: 15 }, (_, i) => ({
        from: [600 + (i - 7) * 8, 440] as const,
        to: [600 + (i - 7) * 33, 860] as const,
        width: 9,
        bow: (7 - i) * 5,
      })),
      0.13,
    )
    const cuff = polygon([
      [362, 800, 40],
      [838, 800, 40],
      [836, 960, 34],
      [364, 960, 34],
    ])
    const lines = `<path d="${Array.from({ length: 33 }, (_, i) => `M${374 + i * 14} 796v170`).join('')}" stroke="${look.tones.deep}" stroke-opacity=".16" stroke-width="6"/>`
    return {
      art: form(look, crown, { depth: 80, inside: rib }) + form(look, cuff, { depth: 44, inside: lines }),
      shadow: floorShadow(600, 964, 230),
      focus: [600, 830],
      scale: 1.24,
      center: [600, 700],
    }
  }
  const straw = look.has('straw')
  const brimY = 900
  const brim = straw
    ? ellipse(600, brimY, 430, 108)
    : curve([
        [180, 880],
        [330, 860],
        [600, 900],
        [870, 860],
        [1020, 880],
        [930, 960],
        [600, 1010],
        [270, 960],
      ])
  const crown = curve([
    [390, 900, 0],
    [400, 720],
    [430, 600],
    [520, 560],
    [600, straw ? 556 : 596],
    [680, 560],
    [770, 600],
    [800, 720],
    [810, 900, 0],
    [600, 950],
  ])
  const ribbon = 'M388 800Q600 862 812 800L812 892Q600 956 386 892Z'
  const weave = straw
    ? `<path d="${Array.from({ length: 12 }, (_, i) => `M380 ${580 + i * 26}Q600 ${630 + i * 28} 820 ${580 + i * 26}`).join('')}" fill="none" stroke="${look.tones.deep}" stroke-opacity=".2" stroke-width="4" stroke-dasharray="14 5"/>`
    : fold(look, [470, 580], [560, 740], 26, 10, 0.16) + fold(look, [730, 580], [640, 740], 26, -10, 0.16)
  const dark: Look = { ...look, tones: tonesOf(straw ? '#26221f' : look.tones.deep) }
  const brimWeave = straw
    ? [390, 340, 290, 240]
        .map(
          (r) =>
            `<path d="${ellipse(600, brimY, r, r * 0.25)}" fill="none" stroke="${look.tones.deep}" stroke-opacity=".2" stroke-width="4" stroke-dasharray="14 5"/>`,
        )
        .join('')
    : ''
  const art =
    form(look, brim, { depth: 50, inside: brimWeave }) +
    form(look, crown, { depth: 80, inside: weave + form(dark, ribbon, { material: 'silk', depth: 18 }) }) +
    form(
      dark,
      polygon([
        [770, 822, 6],
        [824, 810, 6],
        [824, 896, 6],
        [770, 908, 6],
      ]),
      { material: 'silk', depth: 12 },
    )
  const tilted = look.view === 'angle' ? `<g transform="rotate(-11 600 900)">${art}</g>` : art
  return {
    art: tilted,
    shadow: floorShadow(600, 1010, 390),
    focus: [720, 830],
    scale: 1.14,
    center: [600, 800],
  }
}

function gloves(look: Look): Drawn {
  const hand: Corner[] = [
    [500, 1120, 0],
    [494, 900],
    [462, 800],
    [404, 700],
    [372, 624],
    [404, 596],
    [452, 640],
    [494, 706],
    [506, 560],
    [500, 420],
    [530, 394],
    [556, 424],
    [568, 580],
    [576, 380],
    [606, 346],
    [634, 382],
    [632, 580],
    [652, 400],
    [682, 376],
    [706, 410],
    [694, 600],
    [722, 480],
    [748, 466],
    [766, 500],
    [746, 680],
    [720, 860],
    [716, 1120, 0],
  ]
  const d = curve(hand)
  const points =
    seam(look, 'M560 640L556 790M622 630L618 790M684 650L676 790', 3) +
    stitch(look, 'M496 1010H724', 2.4) +
    fold(look, [520, 830], [700, 850], 18, 8, 0.08) +
    fold(look, [500, 900], [600, 1100], 30, 0, -0.07)
  const one =
    form(look, d, { depth: 42, inside: points }) +
    strap(look, 'M494 980H722', 24) +
    metalLine(
      look,
      polygon([
        [640, 962, 4],
        [676, 962, 4],
        [676, 998, 4],
        [640, 998, 4],
      ]),
      6,
    )
  const cuff = look.has('long')
    ? form(
        look,
        polygon([
          [500, 1110],
          [716, 1110],
          [738, 1280, 4],
          [480, 1280, 4],
        ]),
        { depth: 34 },
      )
    : ''
  const glove = one + cuff
  const pair =
    look.view === 'angle'
      ? `<g transform="translate(150 40) rotate(20 600 800)">${glove}</g><g transform="translate(-60 10) rotate(-6 600 800)">${glove}</g>`
      : `<g transform="translate(1330 20) rotate(6 600 800) scale(-1 1) translate(-12 0)">${glove}</g><g transform="translate(-130 0) rotate(-6 600 800)">${glove}</g>`
  return {
    art: pair,
    shadow: `<g transform="translate(-130 0) rotate(-6 600 800)">${castShadow(d)}</g><g transform="translate(140 10)">${castShadow(d, 30, 40)}</g>`,
    focus: [540, 960],
    scale: 1.04,
    center: [600, 770],
  }
}

export const headAndHandShapes = { sunglasses, hat, gloves }

import { curve, ellipse, move, polygon } from './geometry.ts'
import type { Corner } from './geometry.ts'
import { floorShadow, fold, form, metalLine, seam, strap, tonesOf } from './primitives.ts'
import type { Drawn, Look } from './primitives.ts'

/** Shoes in profile, toe to the left. The angle view is the pair. */

export const ground = 1080

export const lining = tonesOf('#d9c3a5')

export const darkSole = tonesOf('#2b211b')

export function staged(look: Look, shoe: string, focus: readonly [number, number], halfWidth = 350): Drawn {
  const single = { art: shoe, shadow: floorShadow(600, ground, halfWidth), focus, scale: 1.2, zoom: 2.3 }
  if (look.view !== 'angle') return single
  const behind = `<g transform="translate(150 -118) scale(.94) translate(38 65)">${shoe}</g>`
  const front = move(-84, 34, shoe)
  const shadow =
    move(-84, 34, floorShadow(600, ground, halfWidth)) +
    move(150, -112, floorShadow(600, ground, halfWidth * 0.94))
  return { ...single, art: behind + front, shadow, scale: 1.1 }
}

/** The sole of a heeled shoe: flat under the ball, then rising to the heel seat at height `lift`. */

function heeledSole(look: Look, lift: number): string {
  const d = `M238 ${ground - 12}C300 ${ground + 4} 420 ${ground + 3} 480 ${ground - 6}C600 ${ground - 24} 660 ${ground - lift * 0.8} 800 ${ground - lift + 6}L925 ${ground - lift + 10}L924 ${ground - lift - 14}L800 ${ground - lift - 16}C660 ${ground - lift} 590 ${ground - 46} 480 ${ground - 26}C400 ${ground - 18} 300 ${ground - 18} 238 ${ground - 12}Z`
  return form(look, d, { tones: darkSole, material: 'smooth', depth: 10 })
}

export function stiletto(look: Look, lift: number, block = false): string {
  const d = block
    ? `M792 ${ground - lift}C812 ${ground - lift * 0.6} 818 ${ground - 60} 818 ${ground}H918C924 ${ground - 70} 930 ${ground - lift * 0.6} 930 ${ground - lift - 30}Z`
    : `M822 ${ground - lift}C874 ${ground - lift * 0.76} 880 ${ground - lift * 0.4} 884 ${ground}H908C914 ${ground - lift * 0.5} 936 ${ground - lift * 0.7} 928 ${ground - lift - 40}Z`
  const tip = block
    ? polygon([
        [817, ground - 10],
        [919, ground - 10],
        [918, ground],
        [818, ground],
      ])
    : polygon([
        [883, ground - 10],
        [909, ground - 10],
        [908, ground],
        [884, ground],
      ])
  const metal = look.has('metal-heel')
    ? { tones: look.metal === 'gold' ? tonesOf('#c9a461') : tonesOf('#b7babd'), material: 'metal' as const }
    : {}
  return (
    form(look, d, { depth: 24, ...metal }) +
    form(look, tip, { tones: darkSole, depth: 6, material: 'smooth' })
  )
}

function pump(look: Look): Drawn {
  const lift = look.has('block') ? 170 : 232
  const seat = ground - lift
  const sling = look.has('slingback')
  const upper: Corner[] = [
    [226, ground - 22, 0],
    [330, ground - 92],
    [452, ground - 148, 0],
    [560, seat + 92],
    [690, seat + 18],
    ...(sling
      ? ([
          [790, seat - 24, 0],
          [800, seat - 10, 0],
        ] as Corner[])
      : ([
          [812, seat - 60],
          [908, seat - 150, 0],
          [934, seat - 92],
          [926, seat - 8, 0],
        ] as Corner[])),
    [800, seat - 6, 0],
    [640, seat + 84],
    [500, ground - 22],
    [360, ground - 12],
  ]
  const inner = sling
    ? curve([
        [452, ground - 148, 0],
        [560, seat + 50],
        [690, seat - 10],
        [790, seat - 24, 0],
        [690, seat + 22],
        [560, seat + 96],
      ])
    : curve([
        [452, ground - 148, 0],
        [600, seat + 26],
        [760, seat - 84],
        [908, seat - 150, 0],
        [812, seat - 56],
        [690, seat + 22],
        [560, seat + 96],
      ])
  const heelStrap = sling
    ? strap(
        look,
        `M770 ${seat - 10}C850 ${seat - 60} 930 ${seat - 130} 918 ${seat - 60}C914 ${seat - 40} 880 ${seat - 22} 810 ${seat - 4}`,
        13,
        look.tones,
        false,
      ) + metalLine(look, `M812 ${seat - 60}l26 14l-10 20l-26 -14Z`, 5)
    : ''
  const bow = look.has('bow')
    ? bowAt(look, 430, ground - 142)
    : look.has('buckle')
      ? metalLine(
          look,
          polygon([
            [386, ground - 152, 8],
            [446, ground - 176, 8],
            [470, ground - 122, 8],
            [410, ground - 98, 8],
          ]),
          11,
        )
      : ''
  const art =
    `<path d="${inner}" fill="${lining.dark}"/>` +
    heelStrap +
    stiletto(look, lift, look.has('block')) +
    heeledSole(look, lift) +
    form(look, curve(upper), {
      depth: 44,
      inside: fold(look, [270, ground - 46], [440, ground - 118], 18, -10, -0.16),
    }) +
    (look.has('cap')
      ? form(
          look,
          curve([
            [226, ground - 22, 0],
            [280, ground - 62],
            [336, ground - 94, 0],
            [362, ground - 52],
            [352, ground - 13, 0],
            [290, ground - 14],
          ]),
          { tones: darkSole, material: 'patent', depth: 22 },
        )
      : '') +
    bow
  return staged(look, art, look.has('bow') || look.has('buckle') ? [440, 930] : [480, 950])
}

function bowAt(look: Look, x: number, y: number): string {
  const wing = (side: number): string =>
    curve([
      [x, y, 0],
      [x + side * 50, y - 44 - side * 14],
      [x + side * 88, y - 22 - side * 26],
      [x + side * 78, y + 22 - side * 22],
    ])
  return (
    form(look, wing(-1), { depth: 18 }) +
    form(look, wing(1), { depth: 18 }) +
    form(look, ellipse(x, y, 15, 18), { depth: 10 })
  )
}

function ankleBoot(look: Look): Drawn {
  const tall = look.has('tall') ? 300 : 0
  const lift = 96
  const top = 610 - tall
  const upper: Corner[] = [
    [236, ground - 36, 0],
    [262, ground - 112],
    [380, ground - 160],
    [510, ground - 214],
    [592, ground - 320],
    [606, top + 120],
    [602, top, 0],
    [884, top - 10, 0],
    [892, top + 150],
    [918, ground - 270],
    [936, ground - lift - 60],
    [926, ground - lift, 0],
    [800, ground - lift + 4, 0],
    [640, ground - 48],
    [480, ground - 12],
    [350, ground - 6],
  ]
  const elastic: Corner[] = [
    [680, top, 0],
    [796, top - 4, 0],
    [782, ground - 330, 24],
    [700, ground - 330, 24],
  ]
  const side = look.has('chelsea')
    ? form(look, polygon(elastic), { tones: tonesOf('#2a2522'), material: 'knit', depth: 14 })
    : seam(look, `M744 ${top}C740 ${ground - 500} 760 ${ground - 300} 770 ${ground - 100}`, 3) +
      `<path d="M756 ${top + 24}C752 ${ground - 480} 770 ${ground - 300} 778 ${ground - 140}" fill="none" stroke="${look.metal === 'gold' ? '#c9a461' : '#b7babd'}" stroke-width="7" stroke-dasharray="4 3"/>`
  const buckle = look.has('buckle')
    ? strap(look, `M590 ${ground - 300}Q740 ${ground - 262} 912 ${ground - 300}`, 34) +
      metalLine(
        look,
        polygon([
          [650, ground - 312, 6],
          [706, ground - 304, 6],
          [706, ground - 254, 6],
          [650, ground - 262, 6],
        ]),
        9,
      )
    : ''
  const heel = `M790 ${ground - lift - 4}C806 ${ground - 70} 812 ${ground - 40} 812 ${ground}H922C930 ${ground - 40} 932 ${ground - 70} 930 ${ground - lift - 10}Z`
  const art =
    `<path d="${ellipse(743, top - 4, 141, 20)}" fill="${lining.deep}"/>` +
    form(look, heel, { tones: look.has('chelsea') ? darkSole : look.tones, depth: 20 }) +
    form(look, curve(upper), {
      depth: 64,
      inside:
        fold(look, [560, ground - 240], [700, ground - 230], 22, -16, 0.14) +
        fold(look, [590, ground - 330], [760, ground - 290], 20, -10, 0.1) +
        fold(look, [290, ground - 92], [430, ground - 150], 18, -10, -0.13) +
        fold(look, [660, top + 60], [664, ground - 360], 24, 0, -0.07) +
        side,
    }) +
    heeledSole(look, lift) +
    buckle
  return {
    ...staged(look, art, [740, ground - 320], 350),
    scale: tall ? 1 : look.view === 'angle' ? 1.02 : 1.12,
  }
}

export const shoeShapes = { pump, ankleBoot }

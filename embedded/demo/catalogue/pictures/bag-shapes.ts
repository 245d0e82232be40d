import { ellipse, inset, mirrored, polygon, move } from './geometry.ts'
import type { Corner } from './geometry.ts'
import { chain, clasp, extrude, feet, quilting, ring, turned, under } from './bag-parts.ts'
import { floorShadow, fold, form, metalPath, seam, stitch, strap } from './primitives.ts'
import type { Drawn, Look } from './primitives.ts'

export const floor = 1130

function tote(look: Look): Drawn {
  const [w, h] = [300 * look.width, 500 * look.height]
  const top = floor - h
  const body: Corner[] = [
    [600 + w * 1.08, top, 8],
    [600 + w * 0.92, floor, 34],
    [600 - w * 0.92, floor, 34],
    [600 - w * 1.08, top, 8],
  ]
  const [x1, x2, rise] = [600 - w * 0.46, 600 + w * 0.46, look.has('long') ? 400 : 270]
  const handle = (foot: number): string =>
    `M${x1} ${foot}V${top}C${x1 + 14} ${top - rise} ${x2 - 14} ${top - rise} ${x2} ${top}V${foot}`
  const tabs = [x1, x2].map((x) => {
    const tab: Corner[] = [
      [x - 27, top - 6, 6],
      [x + 27, top - 6, 6],
      [x + 27, top + 104, 16],
      [x, top + 128, 10],
      [x - 27, top + 104, 16],
    ]
    return (
      form(look, polygon(tab), { depth: 14 }) +
      stitch(look, polygon(inset(tab, 8)), 2.4) +
      metalPath(look, ellipse(x, top + 88, 9, 9))
    )
  })
  const band = `M${600 - w * 1.1} ${top + 46}H${600 + w * 1.1}`
  const panel = look.has('trim')
    ? seam(look, `M${600 - w * 1.1} ${floor - 128}Q600 ${floor - 112} ${600 + w * 1.1} ${floor - 128}`)
    : ''
  const inside =
    seam(look, band) +
    panel +
    fold(look, [600 - w * 0.5, top + 150], [600 - w * 0.62, floor - 30], 26, 10, 0.05) +
    fold(look, [600 + w * 0.44, top + 140], [600 + w * 0.56, floor - 40], 34, -12, 0.06) +
    fold(look, [600 - w * 0.2, top + 130], [600 - w * 0.24, floor - 90], 30, 0, -0.05)
  const body2 = polygon(body)
  const art =
    move(
      look.view === 'angle' ? 74 : 0,
      look.view === 'angle' ? -42 : -14,
      strap(look, handle(top + 20), 25),
    ) +
    extrude(look, body2, 112) +
    form(look, body2, { inside }) +
    stitch(look, polygon(inset(body, 15))) +
    strap(look, handle(top + 60), 27) +
    tabs.join('') +
    clasp(look, 600, top + 24, 'plate')
  return {
    scale: 1.24,
    art: turned(look, art),
    shadow: floorShadow(600, floor, w * 0.96),
    focus: [x1 + 60, top + 70],
  }
}

function topHandle(look: Look): Drawn {
  const [w, h] = [290 * look.width, 410 * look.height]
  const top = floor - 12 - h
  const body: Corner[] = [
    [600 + w * 0.8, top, 30],
    [600 + w, floor - 12, 40],
    [600 - w, floor - 12, 40],
    [600 - w * 0.8, top, 30],
  ]
  const lid: Corner[] = mirrored([
    [600 + w * 0.83, top - 8, 34],
    [600 + w * 0.92, top + h * 0.4, 44],
    [600 + w * 0.34, top + h * 0.47, 50],
    [600 + w * 0.15, top + h * 0.58, 30],
  ])
  const handle = `M${600 - w * 0.44} ${top + 30}C${600 - w * 0.5} ${top - 262} ${600 + w * 0.5} ${top - 262} ${600 + w * 0.44} ${top + 30}`
  const mounts = [-1, 1].map((side) => {
    const x = 600 + side * w * 0.44
    return (
      form(
        look,
        polygon([
          [x - 24, top - 2, 8],
          [x + 24, top - 2, 8],
          [x + 20, top + 74, 18],
          [x - 20, top + 74, 18],
        ]),
        { depth: 14 },
      ) +
      metalPath(
        look,
        polygon([
          [x - 27, top - 14, 6],
          [x + 27, top - 14, 6],
          [x + 27, top + 6, 6],
          [x - 27, top + 6, 6],
        ]),
        true,
      )
    )
  })
  const quilt = look.has('quilted') ? quilting(look, 600 - w, top, w * 2, h) : ''
  const art =
    extrude(look, polygon(body), 124) +
    form(look, polygon(body), { inside: quilt + under(look, polygon(lid)) }) +
    stitch(look, polygon(inset(body, 16))) +
    form(look, polygon(lid), { depth: 46, inside: quilt }) +
    stitch(look, polygon(inset(lid, 14))) +
    strap(look, handle, 34, look.tones, false) +
    mounts.join('') +
    clasp(look, 600, top + h * 0.5, look.has('lock') ? 'lock' : 'turn') +
    (look.has('charm') ? charm(look, 600 - w * 0.42, top - 20) : '')
  return {
    scale: 1.24,
    art: feet(look, 600 - w * 0.82, 600 + w * 0.82, floor - 14) + turned(look, art),
    shadow: floorShadow(600, floor, w),
    focus: [600, top + h * 0.44],
  }
}

function charm(look: Look, x: number, y: number): string {
  const bell = polygon([
    [x - 18, y + 96, 10],
    [x + 18, y + 96, 10],
    [x + 26, y + 176, 8],
    [x - 26, y + 176, 8],
  ])
  return (
    strap(look, `M${x} ${y - 30}Q${x - 30} ${y + 40} ${x} ${y + 100}`, 9, look.tones, false) +
    form(look, bell, { depth: 16 }) +
    stitch(look, `M${x - 20} ${y + 164}H${x + 20}`, 2)
  )
}

function flapBag(look: Look): Drawn {
  const [w, h] = [310 * look.width, 380 * look.height]
  const top = floor - h
  const body: Corner[] = [
    [600 + w * 0.96, top, 40],
    [600 + w, floor, 62],
    [600 - w, floor, 62],
    [600 - w * 0.96, top, 40],
  ]
  const pointed = look.has('pointed')
  const flap: Corner[] = mirrored([
    [600 + w * 0.98, top - 10, 44],
    [600 + w * 1.005, top + h * (pointed ? 0.34 : 0.62), 70],
    [600 + w * (pointed ? 0.1 : 0.5), top + h * (pointed ? 0.72 : 0.64), pointed ? 60 : 90],
  ])
  const quilt = look.has('quilted') ? quilting(look, 600 - w * 1.1, top - 20, w * 2.2, h + 40) : ''
  const [left, right] = [600 - w * 0.78, 600 + w * 0.78]
  const carry = `M${left} ${top + 24}C${left + 40} ${top - 420} ${right - 40} ${top - 420} ${right} ${top + 24}`
  const back = look.has('chain') ? chain(look, carry, 22) : strap(look, carry, 26)
  const clip = [left, right].map((x) => ring(look, x, top + 12, 24))
  const clasps = look.has('bar') ? 'bar' : pointed ? 'turn' : 'lock'
  const art =
    extrude(look, polygon(body), 98) +
    back +
    form(look, polygon(body), { inside: quilt + under(look, polygon(flap)) }) +
    stitch(look, polygon(inset(body, 15))) +
    form(look, polygon(flap), { depth: 54, inside: quilt }) +
    (quilt ? '' : stitch(look, polygon(inset(flap, 14)))) +
    clip.join('') +
    clasp(look, 600, top + h * (pointed ? 0.58 : 0.56), clasps)
  return {
    scale: 1.24,
    art: turned(look, art),
    shadow: floorShadow(600, floor, w),
    focus: [600, top + h * 0.5],
  }
}

export const bagShapes = { tote, topHandle, flapBag }

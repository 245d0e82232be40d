import { curve, ellipse, inset, mirrored, move, polygon } from './geometry.ts'
import type { Corner } from './geometry.ts'
import { chain, clasp, extrude, quilting, ring, turned, under } from './bag-parts.ts'
import { floorShadow, fold, form, metalLine, metalPath, seam, stitch, strap } from './primitives.ts'
import type { Drawn, Look } from './primitives.ts'
import { floor } from './bag-shapes.ts'

/** Bags without a frame of their own: they fold, gather, hang. */

function bucket(look: Look): Drawn {
  const [w, h] = [225 * look.width, 470 * look.height]
  const top = floor - h
  const body: Corner[] = mirrored([
    [600 + w * 0.66, top + 6],
    [600 + w * 0.9, top + 96],
    [600 + w * 1.03, top + h * 0.62],
    [600 + w * 0.98, floor - 30],
    [600 + w * 0.6, floor],
  ])
  const pleats = [-0.62, -0.38, -0.14, 0.12, 0.36, 0.6].map(
    (part) =>
      fold(look, [600 + w * part * 0.92, top + 4], [600 + w * part * 1.2, top + 230], 20, 6, 0.15) +
      fold(
        look,
        [600 + w * (part - 0.1) * 0.92, top + 6],
        [600 + w * (part - 0.1) * 1.2, top + 190],
        13,
        0,
        -0.1,
      ),
  )
  const mouth = `M${600 - w * 0.66} ${top + 10}Q600 ${top - 46} ${600 + w * 0.66} ${top + 10}Q600 ${top + 54} ${600 - w * 0.66} ${top + 10}Z`
  const cord = `M${600 - w * 0.84} ${top + 84}Q600 ${top + 128} ${600 + w * 0.84} ${top + 84}`
  const base = `M${600 - w * 1.1} ${floor - 120}Q600 ${floor - 76} ${600 + w * 1.1} ${floor - 120}V${floor + 40}H${600 - w * 1.1}Z`
  const carry = `M${600 - w * 0.84} ${top + 84}C${600 - w * 0.9} ${top - 400} ${600 + w * 0.9} ${top - 400} ${600 + w * 0.84} ${top + 84}`
  const tassels = [-1, 1].map((side) => {
    const x = 600 + side * 32
    const d = polygon([
      [x - 13, top + 256, 8],
      [x + 13, top + 256, 8],
      [x + 21, top + 342, 6],
      [x - 21, top + 342, 6],
    ])
    return (
      strap(
        look,
        `M${600 + side * 10} ${top + 108}Q${x + side * 24} ${top + 180} ${x} ${top + 262}`,
        11,
        look.tones,
        false,
      ) +
      form(look, d, { depth: 14 }) +
      metalPath(
        look,
        polygon([
          [x - 15, top + 250, 4],
          [x + 15, top + 250, 4],
          [x + 15, top + 268, 4],
          [x - 15, top + 268, 4],
        ]),
      )
    )
  })
  const art =
    (look.has('chain') ? chain(look, carry, 20) : strap(look, carry, 28)) +
    `<path d="${mouth}" fill="${look.tones.deep}"/>` +
    form(look, curve(body), {
      depth: 84,
      inside:
        pleats.join('') +
        `<path d="${base}" fill="${look.tones.deep}" opacity=".16"/>` +
        seam(look, `M${600 - w * 1.1} ${floor - 120}Q600 ${floor - 76} ${600 + w * 1.1} ${floor - 120}`) +
        stitch(look, `M${600 - w * 1.1} ${floor - 106}Q600 ${floor - 62} ${600 + w * 1.1} ${floor - 106}`) +
        `<path d="${mouth}" fill="${look.tones.deep}"/>`,
    }) +
    strap(look, cord, 13, look.tones, false) +
    [-0.6, -0.3, 0.3, 0.6]
      .map((part) => ring(look, 600 + w * part, top + 112 - Math.abs(part) * 22, 11))
      .join('') +
    ring(look, 600 - w * 0.84, top + 86, 22) +
    ring(look, 600 + w * 0.84, top + 86, 22) +
    tassels.join('')
  const leant =
    look.view === 'angle'
      ? `<g transform="translate(60 -20) rotate(4 600 ${floor}) scale(.98)">${art}</g>`
      : art
  return { scale: 1.24, art: leant, shadow: floorShadow(600, floor, w), focus: [600, top + 150] }
}

function clutch(look: Look): Drawn {
  const [w, h] = [350 * look.width, 300 * look.height]
  const bottom = 1040
  const top = bottom - h
  const body: Corner[] = [
    [600 + w, top, 26],
    [600 + w, bottom, 30],
    [600 - w, bottom, 30],
    [600 - w, top, 26],
  ]
  const flap: Corner[] = mirrored([
    [600 + w * 1.006, top - 6, 26],
    [600 + w * 1.006, top + h * 0.3, 30],
    [600 + w * 0.06, top + h * 0.74, 44],
  ])
  const frame = look.has('frame')
  const quilt = look.has('quilted') ? quilting(look, 600 - w, top, w * 2, h) : ''
  const lid = frame
    ? metalLine(
        look,
        `M${600 - w} ${top + 60}V${top + 22}Q${600 - w} ${top} ${600 - w + 24} ${top}H${600 + w - 24}Q${600 + w} ${top} ${600 + w} ${top + 22}V${top + 60}`,
        17,
      ) +
      metalPath(look, ellipse(586, top - 20, 21, 21)) +
      metalPath(look, ellipse(617, top - 24, 21, 21))
    : form(look, polygon(flap), { depth: 40, inside: quilt }) +
      stitch(look, polygon(inset(flap, 13)), 2.6) +
      clasp(look, 600, top + h * 0.6, 'bar')
  const gathers = look.has('pleated')
    ? [-0.84, -0.64, -0.44, -0.24, -0.04, 0.16, 0.36, 0.56, 0.76]
        .map(
          (part) =>
            fold(look, [600 + w * part * 0.7, top + 10], [600 + w * part * 1.1, bottom - 10], 24, 8, 0.12) +
            fold(
              look,
              [600 + w * (part + 0.08) * 0.7, top + 10],
              [600 + w * (part + 0.08) * 1.08, bottom - 30],
              14,
              8,
              -0.12,
            ),
        )
        .join('')
    : ''
  const art =
    extrude(look, polygon(body), 60) +
    form(look, polygon(body), { inside: quilt + gathers + (frame ? '' : under(look, polygon(flap))) }) +
    lid
  return {
    art: turned(look, art),
    shadow: floorShadow(600, bottom, w),
    focus: [600, frame ? top + 50 : top + h * 0.55],
  }
}

function crescent(look: Look): Drawn {
  const w = 340 * look.width
  const bottom = 1090
  const body: Corner[] = mirrored([
    [600 + w * 0.2, 800],
    [600 + w * 0.62, 742],
    [600 + w * 0.95, 660],
    [600 + w * 1.04, 730],
    [600 + w * 0.94, 910],
    [600 + w * 0.56, bottom - 40],
    [600 + w * 0.16, bottom],
  ])
  const carry = `M${600 - w * 0.92} 690C${600 - w * 0.9} 240 ${600 + w * 0.9} 240 ${600 + w * 0.92} 690`
  const zip = `M${600 - w * 0.84} 742Q600 870 ${600 + w * 0.84} 742`
  const art =
    strap(look, carry, 40) +
    form(look, curve(body), {
      depth: 90,
      inside:
        fold(look, [600 - w * 0.7, 760], [600 - w * 0.2, 1010], 34, 20, 0.09) +
        fold(look, [600 + w * 0.76, 750], [600 + w * 0.34, 1020], 34, -26, 0.1) +
        fold(look, [600 - w * 0.5, 820], [600 + w * 0.1, 1000], 26, 20, -0.07) +
        seam(look, `M${600 - w * 1.04} 800Q600 ${bottom + 20} ${600 + w * 1.04} 800`) +
        stitch(look, `M${600 - w * 1.04} 786Q600 ${bottom + 4} ${600 + w * 1.04} 786`, 2.6),
    }) +
    `<path d="${zip}" fill="none" stroke="${look.tones.deep}" stroke-width="16"/><path d="${zip}" fill="none" stroke="${look.metal === 'gold' ? '#d9b976' : '#cfd1d3'}" stroke-width="9" stroke-dasharray="4 3"/>` +
    metalPath(
      look,
      polygon([
        [600 - w * 0.6, 782, 5],
        [600 - w * 0.6 + 22, 786, 5],
        [600 - w * 0.6 + 18, 846, 8],
        [600 - w * 0.6 - 6, 846, 8],
      ]),
    ) +
    ring(look, 600 - w * 0.93, 688, 26) +
    ring(look, 600 + w * 0.93, 688, 26)
  const leant = look.view === 'angle' ? `<g transform="rotate(-7 600 1090)">${art}</g>` : art
  return { scale: 1.24, art: leant, shadow: floorShadow(600, bottom, w * 0.52), focus: [600 - w * 0.6, 790] }
}

function backpack(look: Look): Drawn {
  const [w, h] = [255 * look.width, 560 * look.height]
  const top = floor - h
  const body: Corner[] = [
    [600 + w * 0.86, top, 120],
    [600 + w, floor, 70],
    [600 - w, floor, 70],
    [600 - w * 0.86, top, 120],
  ]
  const lid: Corner[] = [
    [600 + w * 0.9, top - 12, 120],
    [600 + w * 0.97, top + h * 0.42, 70],
    [600 - w * 0.97, top + h * 0.42, 70],
    [600 - w * 0.9, top - 12, 120],
  ]
  const pocket: Corner[] = [
    [600 + w * 0.7, floor - h * 0.42, 26],
    [600 + w * 0.72, floor - 44, 44],
    [600 - w * 0.72, floor - 44, 44],
    [600 - w * 0.7, floor - h * 0.42, 26],
  ]
  const loop = `M${600 - 60} ${top + 8}C${600 - 60} ${top - 92} ${600 + 60} ${top - 92} ${600 + 60} ${top + 8}`
  const shoulder = (side: number): string =>
    `M${600 + side * w * 0.5} ${top + 10}C${600 + side * w * 1.5} ${top + 60} ${600 + side * w * 1.36} ${floor - 140} ${600 + side * w * 0.92} ${floor - 40}`
  const tongues = [-1, 1].map((side) => {
    const x = 600 + side * w * 0.46
    const y = top + h * 0.42
    const frame: Corner[] = [
      [x - 27, y + 22, 6],
      [x + 27, y + 22, 6],
      [x + 27, y + 72, 6],
      [x - 27, y + 72, 6],
    ]
    return strap(look, `M${x} ${y - 96}V${y + 118}`, 36) + metalLine(look, polygon(frame), 8)
  })
  const art =
    strap(look, shoulder(-1), 34) +
    strap(look, shoulder(1), 34) +
    extrude(look, polygon(body), 104) +
    strap(look, loop, 20, look.tones, false) +
    form(look, polygon(body), { depth: 76, inside: under(look, polygon(lid)) }) +
    move(4, 10, `<path d="${polygon(pocket)}" fill="${look.tones.deep}" opacity=".28"/>`) +
    form(look, polygon(pocket), { depth: 34 }) +
    stitch(look, polygon(inset(pocket, 13))) +
    form(look, polygon(lid), { depth: 60 }) +
    stitch(look, polygon(inset(lid, 14))) +
    tongues.join('')
  return {
    scale: 1.16,
    art: turned(look, art),
    shadow: floorShadow(600, floor, w),
    focus: [600 + w * 0.4, top + h * 0.46],
  }
}

export const softBagShapes = { bucket, clutch, crescent, backpack }

import { clasp, extrude, quilting, ring, turned } from './bag-parts.ts'
import { ellipse, inset, move, polygon } from './geometry.ts'
import type { Corner } from './geometry.ts'
import { castShadow, form, metalLine, metalPath, seam, stitch, strap, tonesOf } from './primitives.ts'
import type { Drawn, Look } from './primitives.ts'

/** Small leather goods, lying on the table. */

function slab(w: number, h: number, radius: number): Corner[] {
  return [
    [600 + w, 760 - h, radius],
    [600 + w, 760 + h, radius],
    [600 - w, 760 + h, radius],
    [600 - w, 760 - h, radius],
  ]
}

function laid(look: Look, art: string, outline: string, focus: readonly [number, number], tilt = -14): Drawn {
  const spin = look.view === 'angle' ? `rotate(${tilt} 600 760)` : ''
  return {
    art: `<g transform="${spin}">${turned(look, art)}</g>`,
    shadow: `<g transform="${spin}">${castShadow(outline, 20, 28, 0.34)}</g>`,
    focus,
    scale: 1.2,
    center: [600, 760],
    zoom: 2.5,
  }
}

function wallet(look: Look): Drawn {
  const [w, h] = [330 * look.width, 176 * look.height]
  const body = slab(w, h, 26)
  const zip = look.has('zip')
  const quilt = look.has('quilted') ? quilting(look, 600 - w, 760 - h, 2 * w, 2 * h) : ''
  const flap: Corner[] = [
    [600 + w * 1.01, 760 - h - 4, 26],
    [600 + w * 1.01, 760 + h * 0.28, 40],
    [600 - w * 1.01, 760 + h * 0.28, 40],
    [600 - w * 1.01, 760 - h - 4, 26],
  ]
  const track = polygon(inset(slab(w, h, 30), 9))
  const closing = zip
    ? `<path d="${track}" fill="none" stroke="${look.tones.deep}" stroke-width="14"/><path d="${track}" fill="none" stroke="${look.metal === 'gold' ? '#c9a461' : '#b7babd'}" stroke-width="5" stroke-dasharray="3 3"/>` +
      metalPath(
        look,
        polygon([
          [600 + w - 24, 760 - 20, 6],
          [600 + w + 12, 760 - 20, 6],
          [600 + w + 12, 760 + 20, 6],
          [600 + w - 24, 760 + 20, 6],
        ]),
      ) +
      strap(look, `M${600 + w - 2} 778V900`, 20)
    : move(4, 10, `<path d="${polygon(flap)}" fill="${look.tones.deep}" opacity=".3"/>`) +
      form(look, polygon(flap), { depth: 34, inside: quilt }) +
      (quilt ? '' : stitch(look, polygon(inset(flap, 13)), 2.6)) +
      clasp(look, 600, 760 + h * 0.26, look.has('turn') ? 'turn' : 'bar')
  const d = polygon(body)
  return laid(
    look,
    extrude(look, d, 34) +
      form(look, d, { depth: 40, inside: quilt }) +
      (quilt ? '' : stitch(look, polygon(inset(body, zip ? 26 : 13)), 2.6)) +
      closing,
    d,
    zip ? [600 + w * 0.8, 760] : [600, 780],
  )
}

function cardHolder(look: Look): Drawn {
  const [w, h] = [250 * look.width, 178 * look.height]
  const body = slab(w, h, 22)
  const card = tonesOf('#d9d2c6')
  const d = polygon(body)
  const slots = [-0.5, -0.16, 0.18].map((part) => {
    const y = 760 + h * part
    return (
      seam(
        look,
        `M${600 - w} ${y}H${600 - w * 0.5}Q${600 - w * 0.4} ${y + 20} ${600 - w * 0.3} ${y}H${600 + w}`,
        3.4,
      ) +
      move(
        0,
        10,
        stitch(look, `M${600 - w + 18} ${y}H${600 - w * 0.52}M${600 - w * 0.28} ${y}H${600 + w - 18}`, 2),
      )
    )
  })
  const cards =
    form(
      look,
      polygon([
        [600 - w * 0.84, 760 - h - 54, 14],
        [600 + w * 0.84, 760 - h - 54, 14],
        [600 + w * 0.84, 760],
        [600 - w * 0.84, 760],
      ]),
      { tones: card, material: 'smooth', depth: 16 },
    ) +
    form(
      look,
      polygon([
        [600 - w * 0.88, 760 - h - 28, 14],
        [600 + w * 0.88, 760 - h - 28, 14],
        [600 + w * 0.88, 760],
        [600 - w * 0.88, 760],
      ]),
      { tones: tonesOf('#8d8478'), material: 'smooth', depth: 16 },
    )
  const art =
    (look.has('cards') ? cards : '') +
    extrude(look, d, 18) +
    form(look, d, { depth: 34, inside: slots.join('') }) +
    stitch(look, polygon(inset(body, 12)), 2.6) +
    metalPath(
      look,
      polygon([
        [600 + w - 96, 760 + h - 46, 3],
        [600 + w - 36, 760 + h - 46, 3],
        [600 + w - 36, 760 + h - 34, 3],
        [600 + w - 96, 760 + h - 34, 3],
      ]),
    )
  return laid(look, art, d, [600 - w * 0.3, 760], 12)
}

function keyRing(look: Look): Drawn {
  const bell: Corner[] = [
    [548, 620, 30],
    [652, 620, 30],
    [684, 1040, 24],
    [516, 1040, 24],
  ]
  const fob = look.has('round') ? ellipse(600, 860, 170, 170) : polygon(bell)
  const fringe = look.has('tassel')
    ? `<path d="${Array.from({ length: 17 }, (_, i) => `M${536 + i * 8} 720L${500 + i * 12.5} 1100`).join('')}" stroke="${look.tones.deep}" stroke-opacity=".4" stroke-width="3"/>`
    : ''
  const tassel = polygon([
    [540, 640, 30],
    [660, 640, 30],
    [708, 1100, 4],
    [492, 1100, 4],
  ])
  const body = look.has('tassel') ? tassel : fob
  const hook =
    metalLine(look, 'M600 560V610', 16) +
    metalLine(look, ellipse(600, 440, 118, 118), 18) +
    ring(look, 600, 580, 30)
  const inner = look.has('tassel')
    ? strap(look, 'M530 716H670', 26)
    : look.has('round')
      ? stitch(look, ellipse(600, 860, 148, 148)) + metalPath(look, ellipse(600, 860, 30, 30))
      : stitch(look, polygon(inset(bell, 14))) + metalPath(look, ellipse(600, 690, 14, 14))
  return {
    ...laid(
      look,
      strap(look, 'M600 590V700', 36) + form(look, body, { depth: 46, inside: fringe }) + inner + hook,
      body,
      [600, 690],
      16,
    ),
    center: [600, 750],
    scale: 1.12,
  }
}

function pouch(look: Look): Drawn {
  const [w, h] = [330 * look.width, 220 * look.height]
  const body: Corner[] = [
    [600 + w * 0.96, 760 - h, 24],
    [600 + w, 760 + h, 54],
    [600 - w, 760 + h, 54],
    [600 - w * 0.96, 760 - h, 24],
  ]
  const d = polygon(body)
  const y = 760 - h + 34
  const zip = `M${600 - w * 0.9} ${y}H${600 + w * 0.9}`
  const quilt = look.has('quilted') ? quilting(look, 600 - w, 760 - h, 2 * w, 2 * h) : ''
  const art =
    extrude(look, d, 40) +
    form(look, d, { depth: 54, inside: quilt }) +
    stitch(look, polygon(inset(body, 14)), 2.6) +
    `<path d="${zip}" stroke="${look.tones.deep}" stroke-width="17"/><path d="${zip}" stroke="${look.metal === 'gold' ? '#d9b976' : '#cfd1d3'}" stroke-width="9" stroke-dasharray="4 3"/>` +
    metalPath(
      look,
      polygon([
        [600 + w * 0.62, y - 14, 5],
        [600 + w * 0.62 + 34, y - 14, 5],
        [600 + w * 0.62 + 34, y + 14, 5],
        [600 + w * 0.62, y + 14, 5],
      ]),
    ) +
    strap(look, `M${600 + w * 0.62 + 17} ${y + 10}V${y + 130}`, 22) +
    (look.has('wristlet')
      ? strap(
          look,
          `M${600 - w * 0.92} ${y}C${600 - w * 1.3} ${y + 60} ${600 - w * 1.2} ${y + 360} ${600 - w * 0.95} ${y + 330}C${600 - w * 0.76} ${y + 300} ${600 - w * 0.84} ${y + 80} ${600 - w * 0.92} ${y}`,
          24,
        )
      : '')
  return laid(look, art, d, [600 + w * 0.6, y + 40])
}

function passportCover(look: Look): Drawn {
  const [w, h] = [220 * look.width, 300 * look.height]
  const body = slab(w, h, 20)
  const d = polygon(body)
  const pages = form(
    look,
    polygon([
      [600 - w + 10, 760 - h + 12],
      [600 + w + 12, 760 - h + 12, 14],
      [600 + w + 12, 760 + h - 8, 14],
      [600 - w + 10, 760 + h - 8],
    ]),
    { tones: tonesOf('#f0e9dc'), material: 'smooth', depth: 12 },
  )
  const globe = `<g fill="none" stroke="${look.metal === 'gold' ? '#c9a461' : '#d8dadb'}" stroke-width="4"><circle cx="600" cy="690" r="78"/><ellipse cx="600" cy="690" rx="34" ry="78"/><path d="M522 690H678M534 650Q600 668 666 650M534 730Q600 712 666 730"/></g>`
  const art =
    pages +
    form(look, d, {
      depth: 36,
      inside: seam(look, `M${600 - w + 34} 400V1120`, 3) + (look.has('globe') ? globe : ''),
    }) +
    stitch(look, polygon(inset(body, 13)), 2.6) +
    (look.has('globe')
      ? ''
      : strap(look, `M${600 + w * 0.62} ${760 - h}V${760 + h}`, 28) +
        metalPath(look, ellipse(600 + w * 0.62, 760, 16, 16)))
  return { ...laid(look, art, d, [600, 720], 14), scale: 1.12 }
}

export const smallShapes = { wallet, cardHolder, keyRing, pouch, passportCover }

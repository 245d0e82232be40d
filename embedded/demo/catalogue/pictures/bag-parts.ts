import { ellipse, move, polygon, round } from './geometry.ts'
import { form, metalLine, metalPath, metalTones, mix, stitch } from './primitives.ts'
import type { Look } from './primitives.ts'

/** Hardware and volume that the bags and the small leather goods share. */

/** In the angle view the piece turns: its front narrows and its right side shows. */
export function turned({ view }: Look, art: string): string {
  return view === 'angle' ? `<g transform="matrix(.84 .035 0 .97 56 16)">${art}</g>` : art
}

/** The right side of a turned piece: the outline swept back, darkening as it goes. */
export function extrude({ studio, view, tones }: Look, d: string, reach: number): string {
  if (view !== 'angle') return ''
  const steps = Math.ceil(reach / 5)
  const shape = studio.define((id) => `<path id="${id}" d="${d}"/>`)
  const layers = Array.from({ length: steps + 1 }, (_, index) => {
    const part = 1 - index / steps
    const color = mix(tones.dark, tones.deep, 0.1 + 0.55 * part)
    return `<use href="#${shape}" x="${round(reach * part)}" y="${round(-reach * 0.3 * part)}" fill="${color}"/>`
  })
  return layers.join('')
}

/** Diamond quilting: stitched valleys with a lit cushion between them. */
export function quilting({ tones }: Look, x: number, y: number, width: number, height: number): string {
  const step = 74
  let valleys = ''
  for (let start = x - height; start < x + width; start += step) {
    valleys += `M${round(start)} ${round(y)}l${round(height)} ${round(height)}M${round(start)} ${round(y + height)}l${round(height)} ${round(-height)}`
  }
  return (
    `<g fill="none"><path d="${valleys}" stroke="${tones.deep}" stroke-opacity=".09" stroke-width="26"/><path d="${valleys}" stroke="${tones.deep}" stroke-opacity=".13" stroke-width="13"/>` +
    `<path d="${valleys}" stroke="${tones.deep}" stroke-opacity=".55" stroke-width="2.4"/><path d="${valleys}" stroke="${tones.pale}" stroke-opacity=".5" stroke-width="2.2" stroke-dasharray="8 5" transform="translate(2 2.4)"/>` +
    `<path d="${valleys}" stroke="${tones.pale}" stroke-opacity=".1" stroke-width="14" transform="translate(15 19)"/></g>`
  )
}

export function ring(look: Look, x: number, y: number, radius: number): string {
  return metalLine(look, ellipse(x, y, radius, radius), Math.max(4, radius * 0.32))
}

/** Links along a path: long dashes of metal with the light in them. */
export function chain(look: Look, d: string, width: number): string {
  const { deep, base, pale, dark } = metalTones(look.metal)
  return (
    `<g fill="none" stroke-linecap="round"><path d="${d}" stroke="${deep}" stroke-width="${round(width * 0.34)}"/>` +
    `<path d="${d}" stroke="${dark}" stroke-width="${width}" stroke-dasharray="${width * 0.9} ${width * 0.82}"/>` +
    `<path d="${d}" stroke="${base}" stroke-width="${round(width * 0.78)}" stroke-dasharray="${width * 0.9} ${width * 0.82}"/>` +
    `<path d="${d}" stroke="${look.tones.dark}" stroke-width="${round(width * 0.3)}" stroke-dasharray="${width * 0.9} ${width * 0.82}"/>` +
    `<path d="${d}" stroke="${pale}" stroke-width="${round(width * 0.16)}" stroke-dasharray="${width * 0.6} ${width * 1.12}" transform="translate(-3 -4)"/></g>`
  )
}

export function feet(look: Look, left: number, right: number, y: number): string {
  return [left, right]
    .map((x) =>
      metalPath(
        look,
        polygon([
          [x - 14, y, 4],
          [x + 14, y, 4],
          [x + 10, y + 18, 6],
          [x - 10, y + 18, 6],
        ]),
      ),
    )
    .join('')
}

type Clasp = 'turn' | 'lock' | 'bar' | 'plate'

export function clasp(look: Look, x: number, y: number, kind: Clasp): string {
  const box = (w: number, h: number, r: number, dy = 0): string =>
    polygon([
      [x - w, y - h + dy, r],
      [x + w, y - h + dy, r],
      [x + w, y + h + dy, r],
      [x - w, y + h + dy, r],
    ])
  const { deep, pale } = metalTones(look.metal)
  const screw = (dx: number, dy: number): string =>
    `<circle cx="${x + dx}" cy="${y + dy}" r="3.4" fill="${deep}" opacity=".6"/><path d="M${x + dx - 2.4} ${y + dy}h4.8" stroke="${pale}" stroke-width="1"/>`
  switch (kind) {
    case 'turn':
      return (
        metalPath(look, ellipse(x, y, 34, 34)) +
        metalPath(look, ellipse(x, y, 25, 25), true) +
        metalPath(look, box(29, 8, 7))
      )
    case 'lock':
      return (
        form(look, box(38, 62, 12, -24), { depth: 18 }) +
        stitch(look, box(30, 54, 8, -24), 2) +
        metalPath(look, box(34, 29, 9, 10)) +
        metalPath(look, box(22, 6, 5, 2), true) +
        screw(-25, 30) +
        screw(25, 30)
      )
    case 'bar':
      return (
        metalPath(look, box(82, 12, 10)) +
        metalPath(look, ellipse(x - 64, y, 8, 8), true) +
        metalPath(look, ellipse(x + 64, y, 8, 8), true)
      )
    case 'plate':
      return move(0, 54, metalPath(look, box(46, 9, 3)) + screw(-38, 0) + screw(38, 0))
  }
}

/** The shade a flap throws on the body below it; drawn inside the body, so that it never leaves it. */
export function under({ tones }: Look, flap: string): string {
  return [16, 11, 6]
    .map((drop) => move(drop / 2, drop, `<path d="${flap}" fill="${tones.deep}" opacity=".16"/>`))
    .join('')
}

import type { Material } from '../demo-product.ts'
import { lens, round } from './geometry.ts'
import type { Point } from './geometry.ts'

/**
 * What every drawing is made of: tones of one colour, surfaces that look lit, seams, metal, folds.
 * Softness comes from stacked translucent strokes, not from filters: librsvg draws those ten times faster.
 */

/** Collects the definitions of one picture; the same definition twice gets one id. */
export interface Studio {
  readonly define: (markup: (id: string) => string) => string
  readonly definitions: () => string
}

export interface Tones {
  readonly base: string
  readonly light: string
  readonly pale: string
  readonly dark: string
  readonly deep: string
}

type Metal = 'gold' | 'silver'

export interface Look {
  readonly studio: Studio
  readonly tones: Tones
  readonly material: Material
  readonly metal: Metal
  readonly view: 'front' | 'angle' | 'detail'
  readonly width: number
  readonly height: number
  readonly has: (trait: string) => boolean
}

/** What a silhouette gives back: its art, the shadow it casts, and where a close-up should look. */
export interface Drawn {
  readonly art: string
  readonly shadow: string
  readonly focus: Point
  readonly zoom?: number
  /** Enlargement of the whole object in the frame, about the middle of the picture. */
  readonly scale?: number
  /** The point that comes to the middle of the picture. */
  readonly center?: Point
}

export function createStudio(): Studio {
  const ids = new Map<string, string>()
  const parts: string[] = []
  return {
    define(markup) {
      const key = markup('')
      const known = ids.get(key)
      if (known) return known
      const id = `d${ids.size}`
      ids.set(key, id)
      parts.push(markup(id))
      return id
    },
    definitions: () => parts.join(''),
  }
}

const channels = (hex: string): number[] =>
  [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16))

export function mix(from: string, to: string, part: number): string {
  const target = channels(to)
  const mixed = channels(from).map((value, index) =>
    Math.round(value + ((target[index] ?? 0) - value) * part),
  )
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

/** Dark colours need more light to show form, pale ones less shade to stay clean. */
export function tonesOf(base: string): Tones {
  const [r = 0, g = 0, b = 0] = channels(base)
  const luminance = (0.3 * r + 0.59 * g + 0.11 * b) / 255
  return {
    base,
    light: mix(base, '#fff3e4', luminance < 0.2 ? 0.17 : 0.24),
    pale: mix(base, '#fff8ee', luminance < 0.2 ? 0.4 : 0.58),
    dark: mix(base, '#2a1c12', luminance > 0.7 ? 0.2 : 0.36),
    deep: mix(base, '#120b07', luminance > 0.7 ? 0.44 : 0.66),
  }
}

const metals: Record<Metal, readonly string[]> = {
  gold: ['#8f6d33', '#f4e4bd', '#c9a461', '#94702f', '#ecd7a4', '#a98343'],
  silver: ['#7b7f84', '#fbfbfa', '#b7babd', '#83878c', '#eceded', '#9a9da1'],
}

export function metalTones(metal: Metal): Tones {
  return metal === 'gold'
    ? { base: '#c9a461', light: '#e3c88c', pale: '#faf0d4', dark: '#8f6d33', deep: '#5a4118' }
    : { base: '#b7babd', light: '#d8dadb', pale: '#ffffff', dark: '#7b7f84', deep: '#43464a' }
}

/** A fill for polished metal, banded as metal reflects a studio. */
export function metalFill({ studio, metal }: Pick<Look, 'studio' | 'metal'>, upright = false): string {
  const stops = metals[metal].map((color, index) => `<stop offset="${index / 5}" stop-color="${color}"/>`)
  const end = upright ? 'x2="0" y2="1"' : 'x2="1" y2="0.4"'
  return `url(#${studio.define((id) => `<linearGradient id="${id}" ${end}>${stops.join('')}</linearGradient>`)})`
}

export function gradient(studio: Studio, stops: readonly string[], direction = 'x2="1" y2="0.35"'): string {
  const marks = stops.map(
    (color, i) => `<stop offset="${round(i / (stops.length - 1))}" stop-color="${color}"/>`,
  )
  return `url(#${studio.define((id) => `<linearGradient id="${id}" ${direction}>${marks.join('')}</linearGradient>`)})`
}

/** Leather grain: pebbles scattered by a small fixed generator, so the same tile every time. */
function pebbles(size: number, deep: string, pale: string): string {
  let state = 20261
  const next = (range: number): number => {
    state = (state * 16807) % 2147483647
    return round((state / 2147483647) * range)
  }
  const marks = (count: number): string =>
    Array.from({ length: count }, () => `M${next(size)} ${next(size)}l${round(next(4) - 2)} ${next(3)}`).join(
      '',
    )
  return `<g fill="none" stroke-linecap="round"><path d="${marks(70)}" stroke="${deep}" stroke-opacity=".1" stroke-width="3.6"/><path d="${marks(46)}" stroke="${pale}" stroke-opacity=".14" stroke-width="3"/></g>`
}

/** One tile per matter, in dark and pale marks of low opacity. */
function texture(studio: Studio, material: Material, { deep, pale }: Tones): string | undefined {
  const tiles: Partial<Record<Material, readonly [size: number, marks: string]>> = {
    grain: [84, pebbles(84, deep, pale)],
    suede: [
      17,
      `<g stroke="${pale}" opacity=".13" stroke-width="1.3"><path d="M2 3l4 2M9 8l3 3M14 2l2 3M3 13l4-2"/></g><g stroke="${deep}" opacity=".13" stroke-width="1.3"><path d="M7 2l3 1M1 8l4 1M11 14l4-1M13 7l3 2"/></g>`,
    ],
    scales: [
      46,
      `<g fill="none" stroke="${deep}" stroke-width="3" opacity=".42"><rect x="2" y="2" width="42" height="19" rx="8"/><path d="M-2 25h17a8 8 0 0 1 8 8v3a8 8 0 0 1-8 8h-17M48 25h-17a8 8 0 0 0-8 8v3a8 8 0 0 0 8 8h17"/></g><path d="M9 6h26M0 29h14M32 29h14" stroke="${pale}" stroke-width="3" opacity=".28"/>`,
    ],
    canvas: [8, `<path d="M0 2h4M4 6h4" stroke="${deep}" stroke-width="1.6" opacity=".22"/>`],
    wool: [9, `<path d="M-2 11L11-2M-2 2L2-2M7 11L11 7" stroke="${deep}" stroke-width="1.5" opacity=".15"/>`],
    tweed: [
      22,
      `<path d="M0 5h11M11 16h11" stroke="${pale}" stroke-width="3" opacity=".5"/><path d="M5 0v11M16 11v11" stroke="${deep}" stroke-width="3" opacity=".3"/><path d="M14 4l4 3M3 15l4 3" stroke="#c9a461" stroke-width="2.4" opacity=".55"/>`,
    ],
    knit: [
      16,
      `<path d="M0 0l8 8l8-8M0 16l8 8l8-8" transform="translate(0 -4)" fill="none" stroke="${deep}" stroke-width="2.2" opacity=".2"/><path d="M0 4l8 8l8-8" fill="none" stroke="${pale}" stroke-width="1.8" opacity=".22"/>`,
    ],
    cotton: [6, `<path d="M0 1.5h6M1.5 0v6" stroke="${deep}" stroke-width=".8" opacity=".07"/>`],
  }
  const tile = tiles[material]
  if (!tile) return undefined
  return studio.define(
    (id) =>
      `<pattern id="${id}" width="${tile[0]}" height="${tile[0]}" patternUnits="userSpaceOnUse">${tile[1]}</pattern>`,
  )
}

interface Surface {
  readonly tones?: Tones
  readonly material?: Material
  /** How far the rounding of the edges reaches in, in pixels. */
  readonly depth?: number
  /** Drawn over the surface and cut at its outline. */
  readonly inside?: string
  readonly fill?: string
}

/** A lit body with rounded edges: fill, texture, shade at the lower right, light at the upper left. */
export function form(look: Look, d: string, surface: Surface = {}): string {
  const { studio } = look
  const { tones = look.tones, material = look.material, depth = 60, inside = '' } = surface
  const shape = studio.define((id) => `<path id="${id}" d="${d}"/>`)
  const clip = studio.define((id) => `<clipPath id="${id}"><use href="#${shape}"/></clipPath>`)
  const shiny = material === 'patent' || material === 'silk' || material === 'metal'
  const fill =
    surface.fill ??
    gradient(
      studio,
      shiny
        ? [tones.base, tones.light, tones.base, tones.dark, tones.base, tones.dark]
        : [tones.light, tones.base, tones.base, tones.dark],
    )
  const pattern = texture(studio, material, tones)
  const grain = pattern ? `<use href="#${shape}" fill="url(#${pattern})"/>` : ''
  const shade = rim(shape, tones.deep, -depth * 0.16, depth, 0.062)
  const glow = rim(shape, tones.pale, depth * 0.13, depth * 0.62, shiny ? 0.085 : 0.05)
  return (
    `<use href="#${shape}" fill="${fill}"/><g clip-path="url(#${clip})">${grain}${inside}${shade}${glow}</g>` +
    `<use href="#${shape}" fill="none" stroke="${tones.deep}" stroke-opacity=".35" stroke-width="1.6"/>`
  )
}

function rim(shape: string, color: string, shift: number, depth: number, opacity: number): string {
  const strokes = [2, 1.6, 1.24, 0.92, 0.62, 0.36, 0.16].map(
    (part) => `<use href="#${shape}" stroke-width="${round(depth * part)}"/>`,
  )
  return `<g fill="none" stroke="${color}" stroke-opacity="${opacity}" transform="translate(${round(shift)} ${round(shift * 1.1)})">${strokes.join('')}</g>`
}

/** A band of leather or cloth along a path. */
export function strap(
  look: Look,
  d: string,
  width: number,
  tones: Tones = look.tones,
  stitched = true,
): string {
  const seam = stitched
    ? `<path d="${d}" stroke="${tones.pale}" stroke-opacity=".5" stroke-width="${round(width * 0.72)}"/><path d="${d}" stroke="${tones.base}" stroke-width="${round(width * 0.72 - 3)}"/>`
    : ''
  return `<g fill="none" stroke-linejoin="round"><path d="${d}" stroke="${tones.deep}" stroke-width="${width}"/><path d="${d}" stroke="${tones.base}" stroke-width="${width - 3}"/>${seam}<path d="${d}" stroke="${tones.light}" stroke-opacity=".75" stroke-width="${round(width * 0.34)}" transform="translate(${round(-width * 0.1)} ${round(-width * 0.1)})"/></g>`
}

export function stitch({ tones }: Look, d: string, width = 3): string {
  return `<g fill="none" stroke-width="${width}" stroke-dasharray="${width * 3.4} ${width * 2.2}" stroke-linecap="round"><path d="${d}" stroke="${tones.deep}" stroke-opacity=".55" transform="translate(1.5 1.8)"/><path d="${d}" stroke="${tones.pale}" stroke-opacity=".8"/></g>`
}

/** A fine line where two pieces meet: dark, with the lit edge beside it. */
export function seam({ tones }: Look, d: string, width = 2.4): string {
  return `<g fill="none" stroke-width="${width}" stroke-linecap="round"><path d="${d}" stroke="${tones.deep}" stroke-opacity=".6"/><path d="${d}" stroke="${tones.pale}" stroke-opacity=".34" transform="translate(${width} ${width})"/></g>`
}

export interface Crease {
  readonly from: Point
  readonly to: Point
  readonly width: number
  readonly bow?: number
}

/** Soft folds: three lenses one in the other. A negative strength is a lit ridge. */
export function folds({ tones }: Look, creases: readonly Crease[], strength = 0.1): string {
  const color = strength > 0 ? tones.deep : tones.pale
  const layers = [1, 0.66, 0.36].map(
    (part) =>
      `<path d="${creases.map(({ from, to, width, bow }) => lens(from, to, width * part, bow)).join('')}"/>`,
  )
  return `<g fill="${color}" fill-opacity="${Math.abs(strength)}">${layers.join('')}</g>`
}

export function fold(look: Look, from: Point, to: Point, width: number, bow = 0, strength = 0.1): string {
  return folds(look, [{ from, to, width, bow }], strength)
}

export function metalPath(look: Pick<Look, 'studio' | 'metal'>, d: string, upright = false): string {
  const { deep, pale } = metalTones(look.metal)
  return `<path d="${d}" fill="${deep}" fill-opacity=".35" transform="translate(3 5)"/><path d="${d}" fill="${metalFill(look, upright)}" stroke="${deep}" stroke-opacity=".6" stroke-width="1.4"/><path d="${d}" fill="none" stroke="${pale}" stroke-opacity=".5" stroke-width="1.6" transform="translate(-.8 -1)"/>`
}

/** A metal wire or bar along a path. */
export function metalLine({ metal }: Pick<Look, 'metal'>, d: string, width: number): string {
  const { base, pale, deep, dark } = metalTones(metal)
  return `<g fill="none" stroke-linejoin="round" stroke-linecap="round"><path d="${d}" stroke="${deep}" stroke-opacity=".3" stroke-width="${width}" transform="translate(3 4)"/><path d="${d}" stroke="${dark}" stroke-width="${width}"/><path d="${d}" stroke="${base}" stroke-width="${round(width * 0.72)}"/><path d="${d}" stroke="${pale}" stroke-opacity=".9" stroke-width="${round(width * 0.26)}" transform="translate(${round(-width * 0.12)} ${round(-width * 0.14)})"/></g>`
}

/** Soft shadow on the floor under a standing object: a tight contact line in a wide pool. */
export function floorShadow(cx: number, y: number, halfWidth: number): string {
  return (
    `<ellipse cx="${round(cx + 30)}" cy="${round(y + 6)}" rx="${round(halfWidth * 1.14)}" ry="${round(halfWidth * 0.1 + 12)}" opacity=".2"/>` +
    `<ellipse cx="${round(cx + 6)}" cy="${round(y)}" rx="${round(halfWidth * 1.0)}" ry="${round(halfWidth * 0.035 + 7)}" opacity=".5"/>`
  )
}

/** Shadow of an outline on the wall or table behind it. */
export function castShadow(d: string, dx = 22, dy = 30, opacity = 0.26): string {
  return `<path d="${d}" opacity="${opacity}" transform="translate(${dx} ${dy})"/>`
}

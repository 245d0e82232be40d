import { curve, ellipse, round } from './geometry.ts'
import type { Corner } from './geometry.ts'
import {
  castShadow,
  floorShadow,
  gradient,
  metalFill,
  metalLine,
  metalPath,
  metalTones,
  tonesOf,
} from './primitives.ts'
import type { Drawn, Look } from './primitives.ts'

/** Jewellery: the variant's colour is the metal; `emerald`, `sapphire`, `ruby` and `diamond` choose the stones. */

const gems: Readonly<Record<string, string>> = {
  emerald: '#1f6b4e',
  sapphire: '#24427f',
  ruby: '#8d1f35',
  onyx: '#1b1a1c',
  citrine: '#c98a2b',
}

function gemColor(look: Look): string {
  return Object.entries(gems).find(([trait]) => look.has(trait))?.[1] ?? '#dfe7ec'
}

/** A cut stone seen from above: girdle, table and the facets between, each with its own light. */

export function stone(look: Look, x: number, y: number, rx: number, ry = rx, sides = 8): string {
  const tones = tonesOf(gemColor(look))
  const shades = [
    tones.pale,
    tones.light,
    tones.base,
    tones.dark,
    tones.deep,
    tones.dark,
    tones.base,
    tones.light,
  ]
  const at = (index: number, radius: number): string => {
    const angle = ((index - 0.5) / sides) * Math.PI * 2 - Math.PI / 1.6
    return `${Math.round(Math.cos(angle) * radius)} ${Math.round(Math.sin(angle) * radius)}`
  }
  const facets = Array.from({ length: sides }, (_, index) => {
    const points = [at(index, 100), at(index + 1, 100), at(index + 1, 58), at(index, 58)]
    return `<path d="M${points.join('L')}Z" fill="${shades[index % 8]}"/>`
  })
  const table = Array.from({ length: sides }, (_, index) => at(index, 58)).join('L')
  const shine = gradient(look.studio, [tones.pale, tones.light, tones.base, tones.dark], 'x2="1" y2="1"')
  const cut = look.studio.define(
    (id) =>
      `<g id="${id}"><g stroke="${tones.pale}" stroke-opacity=".4">${facets.join('')}<path d="M${table}Z" fill="${shine}"/></g><path d="M-40 12Q-30 -26 12 -44Q-18 -18 -40 12Z" fill="#fff" opacity=".75"/></g>`,
  )
  return `<use href="#${cut}" transform="translate(${round(x)} ${round(y)}) scale(${round(rx) / 100} ${round(ry) / 100})"/>`
}

export function pearl(look: Look, x: number, y: number, radius: number): string {
  const fill = look.studio.define(
    (id) =>
      `<radialGradient id="${id}" cx=".36" cy=".32" r=".75"><stop offset="0" stop-color="#fffefb"/><stop offset=".45" stop-color="#f1e9de"/><stop offset=".82" stop-color="#cfc0b2"/><stop offset="1" stop-color="#e4d8cd"/></radialGradient>`,
  )
  return `<circle cx="${round(x)}" cy="${round(y)}" r="${radius}" fill="url(#${fill})"/>`
}

/** A ring of round section: one band of metal, brighter where it comes towards us. */

export function hoop(look: Look, x: number, y: number, rx: number, ry: number, width: number): string {
  const { deep, pale } = metalTones(look.metal)
  const arc = (from: number, to: number, by: number): string => {
    const at = (angle: number): string =>
      `${round(x + (rx + by) * Math.cos(angle))} ${round(y + (ry + by) * Math.sin(angle))}`
    return `M${at(from)}A${round(rx + by)} ${round(ry + by)} 0 0 1 ${at(to)}`
  }
  const whole = ellipse(x, y, rx, ry)
  const glint = (
    from: number,
    to: number,
    by: number,
    color: string,
    part: number,
    opacity: number,
  ): string =>
    [1, 0.55]
      .map(
        (share) =>
          `<path d="${arc(from, to, by * width)}" stroke="${color}" stroke-opacity="${opacity}" stroke-width="${round(width * part * share)}"/>`,
      )
      .join('')
  return (
    `<g fill="none" stroke-linecap="round"><path d="${whole}" stroke="${deep}" stroke-opacity=".8" stroke-width="${width}"/><path d="${whole}" stroke="${metalFill(look)}" stroke-width="${width - 2}"/>` +
    glint(0.5, 2.7, 0.24, deep, 0.34, 0.16) +
    glint(0.7, 2.5, -0.14, pale, 0.26, 0.5) +
    glint(3.5, 5.3, -0.2, deep, 0.34, 0.2) +
    glint(3.8, 4.9, 0.16, pale, 0.22, 0.5) +
    '</g>'
  )
}

/** Shadow of something thin: a line, not a surface. */

export function lineShadow(d: string, width: number, dx = 14, dy = 26): string {
  return `<path d="${d}" fill="none" stroke="#3b2c20" stroke-width="${width}" opacity=".34" transform="translate(${dx} ${dy})"/>`
}

function fingerRing(look: Look): Drawn {
  const angle = look.view === 'angle'
  const [ry, width] = [angle ? 120 : 214, look.has('wide') ? 74 : look.has('signet') ? 52 : 34]
  const top = 850 - ry
  const prongs = (rx: number): string =>
    [-1, 1]
      .map((side) => metalLine(look, `M600 ${top + 16}L${600 + side * rx * 0.86} ${top - 70}`, 9))
      .join('')
  const head = look.has('signet')
    ? metalPath(look, ellipse(600, top - 14, 118, angle ? 62 : 84)) +
      metalPath(look, ellipse(600, top - 18, 96, angle ? 46 : 66), true)
    : look.has('wide')
      ? [-2, -1, 0, 1, 2]
          .map((i) => stone(look, 600 + i * 62, top + Math.abs(i) ** 2 * (angle ? 5 : 9) + 2, 24))
          .join('')
      : prongs(104) +
        stone(look, 600, top - 78, 104, angle ? 78 : 92, look.has('emerald') ? 8 : 12) +
        [-1, 1].map((side) => stone(look, 600 + side * 118, top + 2, 30, 26)).join('')
  const d = ellipse(600, 850, 214, ry)
  return {
    art: hoop(look, 600, 850, 214, ry, width) + head,
    shadow: floorShadow(600, 850 + ry + 24, 150) + lineShadow(d, width, 30, 30),
    focus: [600, top - 30],
    scale: 1.25,
    zoom: 3,
  }
}

/** Points at even distances along the oval a necklace lies in, starting at the clasp. */

function along(count: number, rx: number, ry: number): readonly (readonly [number, number])[] {
  const fine = Array.from({ length: 721 }, (_, index) => {
    const angle = (index / 720) * Math.PI * 2 - Math.PI / 2
    const narrow = 1 - 0.2 * Math.max(0, -Math.sin(angle))
    return [600 + rx * narrow * Math.cos(angle), 700 + ry * Math.sin(angle)] as const
  })
  const lengths = fine.map((point, index) => {
    const before = fine[Math.max(0, index - 1)] ?? point
    return Math.hypot(point[0] - before[0], point[1] - before[1])
  })
  const total = lengths.reduce((sum, length) => sum + length, 0)
  const picked: (readonly [number, number])[] = []
  let walked = 0
  fine.forEach((point, index) => {
    walked += lengths[index] ?? 0
    if (picked.length < count && walked >= (picked.length / count) * total) picked.push(point)
  })
  return picked
}

function link(look: Look, x: number, y: number): string {
  const one = look.studio.define(
    (id) => `<g id="${id}">${metalPath(look, ellipse(0, 0, 21, 21))}<circle r="9" fill="#efece7"/></g>`,
  )
  return `<use href="#${one}" x="${round(x)}" y="${round(y)}"/>`
}

function necklace(look: Look): Drawn {
  const [rx, ry] = look.view === 'angle' ? [330, 300] : [300, 400]
  const line = curve(along(36, rx, ry).map(([x, y]): Corner => [x, y]))
  const low = 700 + ry
  const swell = (index: number, count: number): number => Math.sin((Math.PI * index) / count)
  const row = (count: number, draw: (x: number, y: number, swelling: number) => string): string =>
    along(count, rx, ry)
      .map(([x, y], index) => draw(x, y, swell(index, count)))
      .join('')
  const body = look.has('pearls')
    ? metalLine(look, line, 3) + row(62, (x, y, s) => pearl(look, x, y, round(15 + 9 * s)))
    : look.has('links')
      ? row(58, (x, y) => link(look, x, y))
      : metalLine(look, line, 5)
  const riviere = look.has('riviere') ? row(56, (x, y, s) => stone(look, x, y, round(12 + 14 * s))) : ''
  const pendant = look.has('medallion')
    ? metalLine(look, `M600 ${low}V${low + 20}`, 9) +
      metalPath(look, ellipse(600, low + 96, 78, 78)) +
      metalPath(look, ellipse(600, low + 96, 62, 62), true) +
      stone(look, 600, low + 96, 24)
    : look.has('drop')
      ? metalLine(look, `M600 ${low}V${low + 24}`, 9) + stone(look, 600, low + 96, 58, 76, 10)
      : ''
  const clasp = metalPath(look, ellipse(600, 700 - ry, 20, 13))
  return {
    art: body + riviere + clasp + pendant,
    shadow:
      lineShadow(line, look.has('pearls') ? 40 : 22, 14, 24) +
      (pendant ? castShadow(ellipse(600, low + 96, 64, 70), 12, 22) : ''),
    focus: [600, low + (pendant ? 60 : -30)],
    scale: 1.16,
    center: [600, pendant ? 760 : 710],
    zoom: 2.6,
  }
}

export const jewelleryShapes = { fingerRing, necklace }

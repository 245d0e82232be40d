import type { DemoCollection } from '../demo-product.ts'
import { createStudio, gradient, mix, tonesOf } from './primitives.ts'
import type { Look, Studio } from './primitives.ts'
import { silhouettes } from './silhouettes.ts'

/** An editorial still, 1600 × 800 pixels: two or three pieces on plinths before an arch, in the collection's colour. */

interface Placed {
  readonly shape: string
  readonly color?: string
  readonly material?: Look['material']
  readonly traits?: readonly string[]
  /** The lowest point of the piece in its own picture. */
  readonly foot: number
  readonly scale: number
}

interface Cast {
  /** Stands on the floor, or hangs on the wall when its foot is higher than the floor. */
  readonly first: Placed
  /** Stands on the plinth at the right. */
  readonly second: Placed
}

const gold = '#c9a461'

const casts: Readonly<Record<string, Cast>> = {
  'new-arrivals': {
    first: { shape: 'tote', material: 'grain', foot: 1130, scale: 0.92 },
    second: { shape: 'loafer', color: '#43291c', traits: ['bit'], foot: 1080, scale: 0.5 },
  },
  'the-atelier': {
    first: { shape: 'topHandle', traits: ['charm'], foot: 1130, scale: 0.98 },
    second: { shape: 'pump', color: '#1d1b1a', material: 'patent', foot: 1080, scale: 0.5 },
  },
  evening: {
    first: { shape: 'flapBag', traits: ['quilted', 'chain'], foot: 1130, scale: 0.92 },
    second: { shape: 'sandal', color: gold, traits: ['cross'], foot: 1080, scale: 0.5 },
  },
  voyage: {
    first: { shape: 'backpack', material: 'grain', foot: 1130, scale: 0.96 },
    second: { shape: 'hat', color: '#cdb48e', traits: ['straw'], foot: 1010, scale: 0.48 },
  },
  gifts: {
    first: { shape: 'bucket', material: 'grain', foot: 1130, scale: 0.9 },
    second: { shape: 'fingerRing', color: gold, traits: ['emerald'], foot: 1084, scale: 0.44 },
  },
  bags: {
    first: { shape: 'topHandle', material: 'grain', foot: 1130, scale: 0.98 },
    second: { shape: 'flapBag', color: '#ece4d6', traits: ['pointed'], foot: 1130, scale: 0.5 },
  },
  'ready-to-wear': {
    first: { shape: 'coat', material: 'wool', traits: ['double', 'belted'], foot: 1400, scale: 0.82 },
    second: { shape: 'topHandle', color: '#43291c', foot: 1130, scale: 0.5 },
  },
  shoes: {
    first: { shape: 'ankleBoot', traits: ['tall', 'buckle'], foot: 1080, scale: 0.78 },
    second: { shape: 'pump', color: '#5b1f2a', material: 'patent', foot: 1080, scale: 0.5 },
  },
  jewellery: {
    first: { shape: 'bracelet', material: 'metal', traits: ['slim'], foot: 1014, scale: 0.9 },
    second: { shape: 'fingerRing', color: gold, traits: ['sapphire'], foot: 1084, scale: 0.44 },
  },
  accessories: {
    first: { shape: 'hat', material: 'wool', foot: 1010, scale: 0.72 },
    second: { shape: 'flapBag', color: '#43291c', traits: ['bar'], foot: 1130, scale: 0.5 },
  },
  'small-leather-goods': {
    first: { shape: 'wallet', material: 'grain', traits: ['turn'], foot: 936, scale: 0.86 },
    second: { shape: 'cardHolder', color: '#2f4a43', traits: ['cards'], foot: 938, scale: 0.5 },
  },
}

const onFloor = { x: 1560, y: 1072 }
const onPlinth = { x: 2060, y: 994 }

export function drawHero({ slug, heroColor }: DemoCollection): string {
  const studio = createStudio()
  const cast = casts[slug]
  if (!cast) throw new Error(`The collection "${slug}" has no pieces to show`)
  const soft = studio.define(
    (id) =>
      `<filter id="${id}" filterUnits="userSpaceOnUse" x="-600" y="-600" width="2600" height="2800"><feGaussianBlur stdDeviation="17"/></filter>`,
  )
  const pieces = [
    place(studio, cast.second, onPlinth, heroColor, soft),
    place(studio, cast.first, onFloor, heroColor, soft),
  ]
  const room = setting(studio, heroColor)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2400 1200" width="1600" height="800"><defs>${studio.definitions()}</defs>${room}${pieces.join('')}</svg>`
}

function place(
  studio: Studio,
  placed: Placed,
  spot: { readonly x: number; readonly y: number },
  heroColor: string,
  soft: string,
): string {
  const shape = silhouettes[placed.shape]
  if (!shape) throw new Error(`There is no silhouette "${placed.shape}"`)
  const drawn = shape({
    studio,
    tones: tonesOf(placed.color ?? heroColor),
    material: placed.material ?? 'smooth',
    metal: 'gold',
    view: 'front',
    width: 1,
    height: 1,
    has: (trait) => placed.traits?.includes(trait) ?? false,
  })
  return `<g transform="translate(${spot.x} ${spot.y}) scale(${placed.scale}) translate(-600 ${-placed.foot})"><g filter="url(#${soft})" fill="#3b2c20">${drawn.shadow}</g>${drawn.art}</g>`
}

/** A plastered wall with an arch, a floor, two plinths, and light from a window on the left. */
function setting(studio: Studio, heroColor: string): string {
  const tint = (part: number): string => mix('#f3efe9', heroColor, part)
  const wall = gradient(studio, [tint(0.03), tint(0.08), tint(0.17)], 'x2="1" y2="0.5"')
  const arch = gradient(studio, [tint(0.26), tint(0.16), tint(0.1)], 'x2="0.4" y2="1"')
  const floor = gradient(studio, [tint(0.2), tint(0.08)], 'x2="0" y2="1"')
  const side = gradient(studio, [tint(0.06), tint(0.12), tint(0.24)], 'x2="1" y2="0"')
  return (
    `<rect width="2400" height="1200" fill="${wall}"/>` +
    `<path d="M1180 990V560A390 390 0 0 1 1960 560V990Z" fill="${arch}"/><path d="M1180 990V560A390 390 0 0 1 1570 170A372 372 0 0 0 1216 560V990Z" fill="#1c120a" opacity=".1"/>` +
    `<path d="M0 120L900 0H1420L0 520ZM0 640L1900 0H2060L0 760Z" fill="#fffaf0" opacity=".4"/>` +
    `<rect y="988" width="2400" height="212" fill="${floor}"/><path d="M0 988H2400" stroke="#1c120a" stroke-opacity=".1" stroke-width="2"/>` +
    `<path d="M1800 1000H2300V1110H1800Z" fill="${side}"/><path d="M1800 1000L1834 974H2266L2300 1000Z" fill="${tint(0.02)}"/><path d="M1800 1110H2300L2400 1150H1880Z" fill="#1c120a" opacity=".1"/>`
  )
}

import type { DemoPicture, DemoProduct } from '../demo-product.ts'
import { silhouettes } from './silhouettes.ts'
import { createStudio, gradient, tonesOf } from './primitives.ts'
import type { Drawn, Studio } from './primitives.ts'

/** A complete SVG, 960 × 1200 pixels, of one product in one colour from one view. */
export function drawPicture(product: DemoProduct, picture: DemoPicture): string {
  const { drawing } = product
  const shape = silhouettes[drawing.shape]
  if (!shape) throw new Error(`There is no silhouette "${drawing.shape}" for ${product.slug}`)
  const studio = createStudio()
  const drawn = shape({
    studio,
    tones: tonesOf(swatchOf(product, picture.color)),
    material: drawing.material,
    metal: ['white-gold', 'silver'].includes(picture.color) ? 'silver' : drawing.metal,
    view: picture.view,
    width: drawing.width ?? 1,
    height: drawing.height ?? 1,
    has: (trait) => drawing.traits?.includes(trait) ?? false,
  })
  const soft = studio.define(
    (id) =>
      `<filter id="${id}" filterUnits="userSpaceOnUse" x="0" y="0" width="1200" height="1500"><feGaussianBlur stdDeviation="17"/></filter>`,
  )
  const scene = `<g filter="url(#${soft})" fill="#3b2c20">${drawn.shadow}</g>${drawn.art}`
  const set = backdrop(studio, picture.view)
  const staged = picture.view === 'detail' ? closeUp(drawn, scene) : framed(drawn, scene)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 1500" width="960" height="1200"><defs>${studio.definitions()}</defs>${set}${staged}</svg>`
}

function swatchOf(product: DemoProduct, color: string): string {
  const values = product.options.find(({ code }) => code === 'color')?.values
  const swatch = values?.find(({ code }) => code === color)?.swatch
  if (!swatch) throw new Error(`${product.slug} has no colour "${color}"`)
  return swatch
}

function framed({ scale = 1, center = [600, 800] }: Drawn, scene: string): string {
  return `<g transform="translate(600 ${center[1] === 800 ? 800 : 760}) scale(${scale}) translate(${-center[0]} ${-center[1]})">${scene}</g>`
}

function closeUp({ focus, zoom = 2.5 }: Drawn, scene: string): string {
  return `<g transform="translate(600 750) scale(${zoom}) translate(${-focus[0]} ${-focus[1]})">${scene}</g>`
}

/** A seamless paper sweep; the angle view has afternoon light falling across it. */
function backdrop(studio: Studio, view: DemoPicture['view']): string {
  const sheet = '<rect width="1200" height="1500" fill="'
  if (view !== 'angle') {
    const paper = gradient(studio, ['#f7f5f2', '#f5f2ee', '#f1eee9', '#eae6df'], 'x2="0" y2="1"')
    return `${sheet}${paper}"/>${glow(studio)}`
  }
  const wall = gradient(studio, ['#efeae4', '#ece6df', '#e6dfd6', '#dcd4c9'], 'x2="0" y2="1"')
  const ray = gradient(studio, ['#fffaf2', '#fff6ea'], 'x2="1" y2="1"')
  return `${sheet}${wall}"/>${glow(studio)}<g fill="${ray}" opacity=".34"><path d="M0 120L520 0H860L0 640Z"/><path d="M0 760L1120 0H1200V130L0 960Z"/></g>`
}

function glow(studio: Studio): string {
  const id = studio.define(
    (name) =>
      `<radialGradient id="${name}" cx=".42" cy=".4" r=".62"><stop offset="0" stop-color="#fff" stop-opacity=".75"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient>`,
  )
  return `<rect width="1200" height="1500" fill="url(#${id})"/>`
}

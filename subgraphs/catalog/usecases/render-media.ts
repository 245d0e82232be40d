import { createHash } from 'node:crypto'
import sharp, { type Sharp } from 'sharp'
import type { Blobs } from '#platform/blobs/blobs.ts'
import { badInput } from '#platform/errors/errors.ts'
import type { Derivative } from '../data/json-columns.ts'
import { mediaKey } from '../data/media-url.ts'

/** A picture whose ready-made sizes are stored, on its way into rows. */
export interface RenderedMedia {
  fingerprint: string
  width: number
  height: number
  placeholderColor: string
  derivatives: Derivative[]
}

export interface RenderOptions {
  /** AVIF as well: a third smaller than WebP, twenty times slower to make. */
  withAvif?: boolean
  /** Half the time for files a tenth larger. */
  quick?: boolean
  /** Accept SVG. Only for drawings of our own: an SVG may ask for much more than its size says. */
  allowSvg?: boolean
}

// Changes whenever the derivatives of the same original would: an address never changes its bytes.
const recipe = 'v1'
const widths = [320, 640, 960, 1280]
const largestFile = 40_000_000
/** 50 megapixels are 200 MB in memory; a decompression bomb claims thousands. */
const mostPixels = 50_000_000
const formats = new Set(['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif'])

/**
 * Makes the sizes of a picture and stores them; the slow part, to be done outside of any transaction. The same bytes
 * again give the same fingerprint and overwrite what is there with the same. Throws BAD_USER_INPUT for what is no
 * picture or unreasonably large.
 */
export async function renderMedia(
  bytes: Buffer,
  blobs: Blobs,
  options: RenderOptions = {},
): Promise<RenderedMedia> {
  const fingerprint = fingerprintOf(bytes, options)
  const original = await open(bytes, options)
  const { width, height } = await sizeOf(original)
  const derivatives: Derivative[] = []
  for (const wanted of widthsFor(width)) {
    const resized = original.clone().resize({ width: wanted, withoutEnlargement: true })
    const webp = { width: wanted, contentType: 'image/webp', extension: 'webp' }
    await store(resized.clone().webp({ quality: 80, effort: options.quick ? 2 : 4 }), webp)
    if (options.withAvif) {
      await store(resized.clone().avif({ quality: 55, effort: 3 }), {
        width: wanted,
        contentType: 'image/avif',
        extension: 'avif',
      })
    }
  }
  // One JPEG for mail, search engines and chat previews, always under this width in the address.
  const jpeg = { width: 640, contentType: 'image/jpeg', extension: 'jpg' }
  await store(
    original
      .clone()
      .flatten({ background: '#ffffff' })
      .resize({ width: 640, withoutEnlargement: true })
      .jpeg({ quality: 82, mozjpeg: !options.quick }),
    jpeg,
  )

  async function store(picture: Sharp, derivative: Derivative): Promise<void> {
    const body = await picture.toBuffer()
    await blobs.put(mediaKey(fingerprint, derivative), body, { contentType: derivative.contentType })
    derivatives.push(derivative)
  }

  derivatives.sort((a, b) =>
    a.contentType === b.contentType ? a.width - b.width : a.contentType < b.contentType ? 1 : -1,
  )
  return { fingerprint, width, height, placeholderColor: await colourOf(original), derivatives }
}

/** Names the derivatives that these bytes will have. */
export function fingerprintOf(bytes: Buffer, options: RenderOptions = {}): string {
  const made = `${recipe}${options.withAvif ? '+avif' : ''}${options.quick ? '+quick' : ''}`
  return createHash('sha256').update(made).update('\0').update(bytes).digest('hex').slice(0, 32)
}

async function open(bytes: Buffer, options: RenderOptions): Promise<Sharp> {
  if (bytes.length > largestFile) throw badInput('A picture may have at most 40 MB.')
  try {
    const picture = sharp(bytes, { limitInputPixels: mostPixels, pages: 1, failOn: 'error' })
    const { format } = await picture.metadata()
    const isAllowed = formats.has(format) || (format === 'svg' && options.allowSvg === true)
    if (!isAllowed) throw badInput('A picture is a JPEG, PNG, WebP, AVIF, GIF or TIFF.')
    // Decoded once, turned as the camera was held, without its metadata (places and names).
    const { data, info } = await picture
      .rotate()
      .resize({ width: Math.max(...widths) * 2, height: 4_000, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
    return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
  } catch (error) {
    if (error instanceof Error && error.name === 'RequestError') throw error
    throw badInput('This file cannot be read as a picture, or is too large.')
  }
}

async function sizeOf(picture: Sharp): Promise<{ width: number; height: number }> {
  const { width, height } = await picture.metadata()
  return { width, height }
}

// A picture narrower than the ladder gets its own width once, not blurred copies above it.
function widthsFor(width: number): number[] {
  const fitting = widths.filter((candidate) => candidate <= width)
  return fitting.length > 0 ? fitting : [width]
}

// `stats` looks at the original whatever the pipeline says, so what it is to see is made first.
async function colourOf(picture: Sharp): Promise<string> {
  const { data, info } = await picture
    .clone()
    .flatten({ background: '#ffffff' })
    .resize({ width: 64 })
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const { dominant } = await sharp(data, { raw: { width, height, channels } }).stats()
  const hex = (value: number) => value.toString(16).padStart(2, '0')
  return `#${hex(dominant.r)}${hex(dominant.g)}${hex(dominant.b)}`
}

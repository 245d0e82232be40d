/** The shape of the demo catalogue: plain data, no I/O. `embedded/` turns it into rows, prices, stock and pictures. */

export type DemoLocale = 'en' | 'fr' | 'ja'
export type Translated = Readonly<Record<DemoLocale, string>>
export type DemoMarket = 'FR' | 'DE' | 'GB' | 'JP' | 'CN' | 'US'
export type DemoCategory =
  'bags' | 'ready-to-wear' | 'shoes' | 'jewellery' | 'accessories' | 'small-leather-goods'

export interface DemoVariant {
  readonly sku: string
  /** A valid EAN-13 in the in-store range 299, so that it can never collide with a real article. */
  readonly barcode: string
  /** Option code → value code. */
  readonly options: Readonly<Record<string, string>>
  readonly weightGrams: number
  /** Minor units in the market's currency: EUR, EUR, GBP, JPY (no decimals), CNY, USD. */
  readonly prices: Readonly<Record<DemoMarket, number>>
  readonly compareAt?: Partial<Record<DemoMarket, number>>
  /** Warehouse code → pieces. */
  readonly stock: Readonly<Record<string, number>>
}

export interface DemoPicture {
  /** A value code of the product's `color` option. */
  readonly color: string
  readonly view: 'front' | 'angle' | 'detail'
  readonly alt: Translated
}

export interface DemoOptionValue {
  readonly code: string
  readonly names: Translated
  /** #rrggbb */
  readonly swatch?: string
}

export interface DemoOption {
  readonly code: string
  readonly names: Translated
  readonly values: readonly DemoOptionValue[]
}

export type Material =
  | 'smooth'
  | 'grain'
  | 'suede'
  | 'patent'
  | 'scales'
  | 'canvas'
  | 'wool'
  | 'tweed'
  | 'knit'
  | 'silk'
  | 'cotton'
  | 'metal'

/** How the picture is drawn: which silhouette, in which matter, with which proportions and marks. */
export interface DemoDrawing {
  readonly shape: string
  readonly material: Material
  readonly metal: 'gold' | 'silver'
  readonly width?: number
  readonly height?: number
  readonly traits?: readonly string[]
}

export interface DemoProduct {
  readonly slug: string
  readonly category: DemoCategory
  readonly collections: readonly string[]
  readonly names: Translated
  readonly descriptions: Translated
  /** Material, dimensions and care; lines separated by \n. */
  readonly details: Translated
  readonly taxCategory: 'standard'
  readonly hsCode: string
  readonly options: readonly DemoOption[]
  readonly variants: readonly DemoVariant[]
  readonly pictures: readonly DemoPicture[]
  readonly drawing: DemoDrawing
}

export interface DemoCollection {
  readonly slug: string
  readonly names: Translated
  readonly descriptions: Translated
  /** #rrggbb */
  readonly heroColor: string
  readonly position: number
}

import type { Translated } from './demo-product.ts'

export function translated(en: string, fr: string, ja: string): Translated {
  return { en, fr, ja }
}

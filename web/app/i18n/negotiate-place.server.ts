// Where a visitor without an address goes: the language and the market of the browser's languages, or of the last visit.
import { findLocale } from './locales.ts'

export interface Place {
  locale: string
  market: string
}

/** The languages that each market's pages exist in, the first is its own. */
const localesByMarket: Readonly<Record<string, readonly string[]>> = {
  FR: ['fr', 'en'],
  DE: ['de', 'en'],
  GB: ['en'],
  JP: ['ja', 'en'],
  CN: ['zh-Hans', 'en'],
  US: ['en'],
}

const marketByRegion: Readonly<Record<string, string>> = {
  BE: 'FR',
  LU: 'FR',
  MC: 'FR',
  AT: 'DE',
  CH: 'DE',
  IE: 'GB',
}
const marketByLanguage: Readonly<Record<string, string>> = {
  fr: 'FR',
  de: 'DE',
  ja: 'JP',
  zh: 'CN',
  ko: 'JP',
  en: 'GB',
}

export function negotiatePlace(acceptLanguage: string | null, lastPlace: string | null): Place {
  const last = readPlace(lastPlace)
  if (last !== null) return last
  for (const tag of languagesOf(acceptLanguage ?? '')) {
    const [language = '', ...rest] = tag.split('-')
    const region = rest.find((part) => part.length === 2)?.toUpperCase() ?? ''
    const market =
      region in localesByMarket
        ? region
        : (marketByRegion[region] ?? marketByLanguage[language.toLowerCase()])
    if (market === undefined) continue
    const spoken = localesByMarket[market] ?? ['en']
    const wanted = findLocale(tag)?.code
    return {
      locale: spoken.find((code) => code === wanted) ?? (wanted === 'en' ? 'en' : (spoken[0] ?? 'en')),
      market,
    }
  }
  return { locale: 'en', market: 'GB' }
}

export function placePath(place: Place): string {
  return `/${place.locale.toLowerCase()}/${place.market.toLowerCase()}`
}

function readPlace(text: string | null): Place | null {
  const [localePart = '', marketPart = ''] = (text ?? '').split('/')
  const locale = findLocale(localePart)?.code
  const market = marketPart.toUpperCase()
  return locale !== undefined && localesByMarket[market]?.includes(locale) === true
    ? { locale, market }
    : null
}

/** Language tags of an `Accept-Language` header, most wanted first; at most ten. */
function languagesOf(header: string): string[] {
  return header
    .split(',')
    .slice(0, 10)
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const quality = Number(
        parameters
          .find((p) => p.trim().startsWith('q='))
          ?.trim()
          .slice(2) ?? 1,
      )
      return { tag, quality: Number.isFinite(quality) ? quality : 0 }
    })
    .filter(({ tag, quality }) => quality > 0 && /^[a-z]{2,3}(-[a-z0-9]+)*$/i.test(tag))
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag)
}

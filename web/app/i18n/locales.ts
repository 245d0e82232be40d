/** A language that pages are written in; the seven of the house. Texts that are missing are shown in English. */
export interface LocaleInfo {
  code: string
  /** Its name in itself, for choosing it. */
  name: string
  dir: 'ltr' | 'rtl'
}

export const locales: readonly LocaleInfo[] = [
  { code: 'en', name: 'English', dir: 'ltr' },
  { code: 'fr', name: 'Français', dir: 'ltr' },
  { code: 'de', name: 'Deutsch', dir: 'ltr' },
  { code: 'ja', name: '日本語', dir: 'ltr' },
  { code: 'zh-Hans', name: '简体中文', dir: 'ltr' },
  { code: 'ko', name: '한국어', dir: 'ltr' },
  { code: 'ar', name: 'العربية', dir: 'rtl' },
]

const english = locales[0] as LocaleInfo

/** The locale of an address part or a language tag, whatever its case: `zh-hans`, `fr-CH` → `fr`; null when unknown. */
export function findLocale(tag: string): LocaleInfo | null {
  const wanted = tag.toLowerCase()
  const exact = locales.find((locale) => locale.code.toLowerCase() === wanted)
  if (exact !== undefined) return exact
  const language = wanted.split('-')[0]
  return locales.find((locale) => locale.code.toLowerCase().split('-')[0] === language) ?? null
}

/** The locale of an address part, English when there is none, as in the staff's areas. */
export function localeOf(param: string | undefined): LocaleInfo {
  return (param === undefined ? null : findLocale(param)) ?? english
}

/** The languages of the house, BCP 47. */
export const locales = ['en', 'fr', 'de', 'ja', 'zh-Hans', 'ko', 'ar'] as const

export type Locale = (typeof locales)[number]

export function isLocale(text: string): text is Locale {
  return locales.some((locale) => locale === text)
}

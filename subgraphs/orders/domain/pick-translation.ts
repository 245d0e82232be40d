/** The text in the language nearest to the locale: exactly it, then its language, then English, then any. */
export function pickTranslation(texts: Readonly<Record<string, string>>, locale: string): string {
  const language = locale.split('-')[0] ?? locale
  const text = own(texts, locale) ?? own(texts, language) ?? own(texts, 'en')
  return text ?? Object.values(texts)[0] ?? ''
}

// The locale comes from a client: `constructor` is not a language.
function own(texts: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(texts, key) ? texts[key] : undefined
}

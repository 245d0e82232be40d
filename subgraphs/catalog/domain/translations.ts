/** A text by BCP 47 tag. */
export type Translations = Readonly<Record<string, string>>

/** The text in the language asked for (`fr-CA` is content with `fr`), else English, else any; empty when there is none. */
export function pickTranslation(texts: Translations, locale?: string | null): string {
  if (locale != null) {
    const exact = own(texts, locale) ?? own(texts, languageOf(locale))
    if (exact !== undefined) return exact
    const kin = Object.keys(texts).find((tag) => languageOf(tag) === languageOf(locale))
    if (kin !== undefined) return texts[kin] ?? ''
  }
  return own(texts, 'en') ?? Object.values(texts)[0] ?? ''
}

// A client may ask for the locale `constructor`.
function own(texts: Translations, tag: string): string | undefined {
  return Object.hasOwn(texts, tag) ? texts[tag] : undefined
}

function languageOf(tag: string): string {
  return tag.split('-')[0] ?? tag
}

import { render, toPlainText } from 'react-email'
import { parseCurrency } from '#platform/money/currencies.ts'
import { money, toDecimal } from '#platform/money/money.ts'
import type { LetterContent, LetterFrame } from './letter-content.ts'
import type { LetterData } from './letter-data.ts'
import { letterPage } from './letter-page.ts'
import { writeInEnglish } from './write-in-english.ts'
import { writeInFrench } from './write-in-french.ts'
import { writeInJapanese } from './write-in-japanese.ts'

export interface Reader {
  givenName: string | null
  familyName: string | null
  isGuest: boolean
}

type Language = {
  write: (data: LetterData, frame: LetterFrame) => LetterContent
  greet: (reader: Reader) => string | null
}

const english: Language = {
  write: writeInEnglish,
  greet: ({ givenName }) => givenName && `Dear ${givenName},`,
}

// The other languages of the house read English letters until theirs are written.
const languages: Record<string, Language> = {
  en: english,
  fr: { write: writeInFrench, greet: ({ givenName }) => givenName && `Bonjour ${givenName},` },
  ja: {
    write: writeInJapanese,
    greet: ({ familyName, givenName }) => {
      const name = [familyName, givenName].filter((part) => part !== null).join(' ')
      return name === '' ? null : `${name} 様`
    },
  },
}

/** Writes the letter in the reader's language, as HTML and as text from the same source. */
export async function writeLetter(
  data: LetterData,
  options: {
    reader: Reader
    locale: string
    publicUrl: string
    linkToken: (tokenId: string) => string
  },
): Promise<{ subject: string; html: string; text: string; locale: string }> {
  const locale = options.locale in languages ? options.locale : 'en'
  const { write, greet } = languages[locale] ?? english
  const publicUrl = options.publicUrl.replace(/\/$/, '')
  const content = write(data, {
    publicUrl,
    ordersUrl: options.reader.isGuest ? null : `${publicUrl}/account`,
    verifyUrl: (tokenId) => `${publicUrl}/verify?token=${options.linkToken(tokenId)}`,
    money: (currency, minorUnits) => formatMoney(locale, currency, minorUnits),
  })
  const html = await render(letterPage(content, { locale, greeting: greet(options.reader) }))
  return { subject: content.subject, html, text: toPlainText(html), locale }
}

function formatMoney(locale: string, currency: string, minorUnits: string): string {
  const code = parseCurrency(currency)
  const decimal = toDecimal(money(code, BigInt(minorUnits)))
  // The digits are the table's, not Intl's: it knows another number of them for some currencies.
  const digits = decimal.split('.')[1]?.length ?? 0
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: code,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return format.format(decimal as `${number}`)
}

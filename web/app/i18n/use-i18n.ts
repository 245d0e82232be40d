import { useMemo } from 'react'
import { useParams } from 'react-router'
import type { MessageId } from '#app/messages/en.ts'
import { catalogOf } from './catalogs.ts'
import { formatDate, formatMoney, formatPrice, type MoneyAmount } from './format.ts'
import { localeOf } from './locales.ts'

export type Translate = (id: MessageId, values?: Record<string, string | number>) => string

export interface I18nTools {
  locale: string
  dir: 'ltr' | 'rtl'
  t: Translate
  money(amount: MoneyAmount): string
  price(amount: MoneyAmount): string
  date(instant: string, options?: { market?: string; withTime?: boolean }): string
  number(value: number): string
}

/** Texts and formats of the page's language, which its address names. */
export function useI18n(): I18nTools {
  const { locale, market } = useParams()
  return useMemo(() => toolsFor(locale, market), [locale, market])
}

export function toolsFor(localeParam: string | undefined, marketParam: string | undefined): I18nTools {
  const { code, dir } = localeOf(localeParam)
  const i18n = catalogOf(code)
  return {
    locale: code,
    dir,
    t: (id, values) => i18n._(id, values),
    money: (amount) => formatMoney(code, amount),
    price: (amount) => formatPrice(code, amount),
    date: (instant, options) =>
      formatDate(code, instant, {
        ...(marketParam === undefined ? {} : { market: marketParam.toUpperCase() }),
        ...options,
      }),
    number: (value) => new Intl.NumberFormat(code).format(value),
  }
}

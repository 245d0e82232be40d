/** An amount as the API gives it: a decimal with exactly the currency's digits. */
export interface MoneyAmount {
  currency: string
  amount: string
}

/** Exact: the decimal is formatted as text, never as a float; its digits are the currency's own. */
export function formatMoney(locale: string, money: MoneyAmount): string {
  const digits = money.amount.split('.')[1]?.length ?? 0
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: money.currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return format.format(money.amount as Intl.StringNumericLiteral)
}

/** A price in a list: whole amounts are shown without their zeros, as on a price tag. */
export function formatPrice(locale: string, money: MoneyAmount): string {
  return formatMoney(locale, { ...money, amount: money.amount.replace(/\.0+$/, '') })
}

/** Time zones by market: server and browser write the same text, wherever they stand. */
const zones: Readonly<Record<string, string>> = {
  FR: 'Europe/Paris',
  DE: 'Europe/Berlin',
  GB: 'Europe/London',
  JP: 'Asia/Tokyo',
  CN: 'Asia/Shanghai',
  US: 'America/New_York',
}

export function formatDate(
  locale: string,
  instant: string,
  options: { market?: string; withTime?: boolean },
): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    ...(options.withTime === true ? { timeStyle: 'short' as const } : {}),
    timeZone: zones[options.market ?? ''] ?? 'UTC',
  }).format(new Date(instant))
}

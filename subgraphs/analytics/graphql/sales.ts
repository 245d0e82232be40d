import { badInput } from '#platform/errors/errors.ts'
import { moneyColumns } from '#platform/graphql/money-output.ts'
import { isCurrencyCode } from '#platform/money/currencies.ts'
import type { AnalyticsDatabase } from '../data/analytics-database.ts'
import { findNewestEventTime } from '../data/event-log-store.ts'
import { findChannelDays, findCurrencies, findTopProducts, type SalesScope } from '../data/sales-figures.ts'
import { parsePeriod } from '../domain/day.ts'
import { reportSales, type SalesSums } from '../domain/sales-report.ts'

interface SalesArguments {
  from: string
  to: string
  currency?: string | null
  market?: string | null
}

/** What a report without any sale and without a currency asked for is in: the house's own. */
const houseCurrency = 'EUR'

export function createSalesQuery({ prisma }: AnalyticsDatabase) {
  return async (_: unknown, args: SalesArguments) => {
    const scope = parseScope(args)
    const currencies = await findCurrencies(prisma, scope)
    const currency = args.currency ?? currencies[0] ?? houseCurrency
    const [rows, freshAsOf] = await Promise.all([
      findChannelDays(prisma, { ...scope, currency }),
      findNewestEventTime(prisma),
    ])
    const report = reportSales(scope.period, rows)
    const toDay = (date: string, sums: SalesSums) => ({
      date,
      orders: sums.orders,
      units: sums.units,
      gross: moneyColumns(currency, sums.grossMinor),
      tax: moneyColumns(currency, sums.taxMinor),
      shipping: moneyColumns(currency, sums.shippingMinor),
      total: moneyColumns(currency, sums.totalMinor),
    })
    return {
      currency,
      currencies,
      days: report.days.map(({ day, ...sums }) => toDay(day, sums)),
      total: toDay(scope.period.from, report.total),
      byChannel: report.byChannel.map(({ channel, orders, totalMinor }) => ({
        channel,
        orders,
        total: moneyColumns(currency, totalMinor),
      })),
      freshAsOf,
    }
  }
}

export function createTopProductsQuery({ prisma }: AnalyticsDatabase) {
  return async (_: unknown, args: SalesArguments & { first?: number | null }) => {
    const scope = parseScope(args)
    const limit = args.first ?? 10
    if (limit < 1 || limit > 100) throw badInput('first must be 1 to 100.', { argument: 'first' })
    const currency = args.currency ?? (await findCurrencies(prisma, scope))[0]
    if (currency === undefined) return []
    const products = await findTopProducts(prisma, { ...scope, currency, limit })
    return products.map(({ productId, name, units, grossMinor, allGrossMinor }) => ({
      product: { __typename: 'Product', id: productId },
      name,
      units,
      gross: moneyColumns(currency, grossMinor),
      share: shareOf(grossMinor, allGrossMinor),
    }))
  }
}

function parseScope({ from, to, currency, market }: SalesArguments): SalesScope {
  const parsed = parsePeriod(from, to)
  if (parsed.kind === 'Invalid') throw badInput(parsed.message, { argument: parsed.argument })
  if (currency != null && !isCurrencyCode(currency)) {
    throw badInput('currency is an ISO 4217 code.', { argument: 'currency' })
  }
  if (market != null && !/^[A-Za-z0-9-]{1,20}$/.test(market)) {
    throw badInput('There is no such market.', { argument: 'market' })
  }
  return { period: parsed.period, market: market ?? null }
}

// Parts per million first: a double cannot hold every bigint, and nobody reads a share more finely.
function shareOf(part: bigint, all: bigint): number {
  return all === 0n ? 0 : Number((part * 1_000_000n) / all) / 1_000_000
}

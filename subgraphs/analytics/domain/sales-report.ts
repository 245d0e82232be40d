import { daysOf, type Period } from './day.ts'

/** Sums of some sales. */
export interface SalesSums {
  orders: number
  units: number
  grossMinor: bigint
  taxMinor: bigint
  shippingMinor: bigint
  totalMinor: bigint
}

/** Sums of one day in one channel. */
export interface ChannelDay extends SalesSums {
  day: string
  channel: string
}

export interface SalesReport {
  days: (SalesSums & { day: string })[]
  total: SalesSums
  byChannel: (SalesSums & { channel: string })[]
}

/** Sums the rows by day, days without sales included, and by channel, most paid first. */
export function reportSales(period: Period, rows: readonly ChannelDay[]): SalesReport {
  const days = new Map(daysOf(period).map((day) => [day, emptySums()]))
  const channels = new Map<string, SalesSums>()
  let total = emptySums()
  for (const row of rows) {
    days.set(row.day, addSums(days.get(row.day), row))
    channels.set(row.channel, addSums(channels.get(row.channel), row))
    total = addSums(total, row)
  }
  return {
    days: [...days].map(([day, sums]) => ({ day, ...sums })),
    total,
    byChannel: [...channels]
      .map(([channel, sums]) => ({ channel, ...sums }))
      .sort((a, b) => (a.totalMinor === b.totalMinor ? 0 : a.totalMinor < b.totalMinor ? 1 : -1)),
  }
}

function emptySums(): SalesSums {
  return { orders: 0, units: 0, grossMinor: 0n, taxMinor: 0n, shippingMinor: 0n, totalMinor: 0n }
}

function addSums(a: SalesSums = emptySums(), b: SalesSums): SalesSums {
  return {
    orders: a.orders + b.orders,
    units: a.units + b.units,
    grossMinor: a.grossMinor + b.grossMinor,
    taxMinor: a.taxMinor + b.taxMinor,
    shippingMinor: a.shippingMinor + b.shippingMinor,
    totalMinor: a.totalMinor + b.totalMinor,
  }
}

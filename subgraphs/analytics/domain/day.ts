// Days are UTC days, written `2026-11-20`.

const dayMs = 86_400_000

/** A report never shows more: a year, and the days that make weeks of it whole. */
export const maxDays = 400

export interface Period {
  /** First day and last day, both inclusive. */
  from: string
  to: string
  days: number
}

export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10)
}

/** The period, or what is wrong with it and in which argument. */
export function parsePeriod(
  from: string,
  to: string,
): { kind: 'Period'; period: Period } | { kind: 'Invalid'; argument: 'from' | 'to'; message: string } {
  for (const [argument, day] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (!isDay(day)) return { kind: 'Invalid', argument, message: `${argument} is a day such as 2026-11-20.` }
  }
  const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1
  if (days < 1) return { kind: 'Invalid', argument: 'to', message: 'to comes before from.' }
  if (days > maxDays) {
    return { kind: 'Invalid', argument: 'to', message: `A report has at most ${String(maxDays)} days.` }
  }
  return { kind: 'Period', period: { from, to, days } }
}

/** Every day of the period, oldest first. */
export function daysOf({ from, days }: Period): string[] {
  const start = Date.parse(from)
  return Array.from({ length: days }, (_, index) => dayOf(new Date(start + index * dayMs)))
}

// Date.parse takes February 30th for March 2nd: what comes back must be what went in.
function isDay(text: string): boolean {
  if (!/^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(text)
  return !Number.isNaN(time) && dayOf(new Date(time)) === text
}

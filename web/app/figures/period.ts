/** Days as `2026-11-20` in UTC, both inclusive. */
export interface Period {
  range: 'today' | '7' | '30' | 'custom'
  from: string
  to: string
}

const dayMs = 86_400_000
/** What one report may hold. */
const mostDays = 400

/** The period that an address asks for; the last 30 days when it asks for none or for one that cannot be. */
export function readPeriod(asked: URLSearchParams, now: Date): Period {
  const today = toDay(now.getTime())
  const range = asked.get('range')
  if (range === 'today') return { range, from: today, to: today }
  if (range === '7') return { range, from: toDay(now.getTime() - 6 * dayMs), to: today }
  const from = readDay(asked.get('from'))
  const to = readDay(asked.get('to'))
  if (range !== '30' && from !== null && to !== null) {
    const [first, last] = from <= to ? [from, to] : [to, from]
    const earliest = toDay(Date.parse(last) - (mostDays - 1) * dayMs)
    return { range: 'custom', from: first < earliest ? earliest : first, to: last }
  }
  return { range: '30', from: toDay(now.getTime() - 29 * dayMs), to: today }
}

function readDay(text: string | null): string | null {
  if (text === null || !/^20\d{2}-\d{2}-\d{2}$/.test(text)) return null
  const at = Date.parse(text)
  // A day that is not in its month is read as one of the next.
  return Number.isNaN(at) || toDay(at) !== text ? null : text
}

function toDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

/** One thing that happened to an order or to its money. */
export interface TimelineEntry {
  id: string
  at: string
  area: 'Order' | 'Payment'
  type: string
  message: string
  actor: string
  amount: { currency: string; amount: string } | null
}

interface OrderHistory {
  timeline: readonly { id: string; at: string; type: string; message: string; actor: string }[]
  transactions: readonly {
    provider: string
    kind: string
    events: readonly {
      id: string
      at: string
      type: string
      message?: string | null
      amount: { currency: string; amount: string }
    }[]
  }[]
}

/** The order's and its payments' histories as one, oldest first; what happened in the same moment stays in its order. */
export function mergeTimeline({ timeline, transactions }: OrderHistory): TimelineEntry[] {
  const ofOrder = timeline.map((event): TimelineEntry => ({ ...event, area: 'Order', amount: null }))
  const ofMoney = transactions.flatMap(({ provider, events }) =>
    events.map((event): TimelineEntry => ({
      id: event.id,
      at: event.at,
      area: 'Payment',
      type: event.type,
      message: event.message ?? '',
      actor: provider,
      amount: event.amount,
    })),
  )
  return [...ofOrder, ...ofMoney].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

import type { ProviderCatchUp } from '../data/generated/client.ts'
import type { PaymentProvider } from '../providers/payment-provider.ts'
import type { PaymentWork } from './advance-transaction.ts'
import { keepProviderEvent } from './keep-provider-event.ts'

/** An event may stand in the provider's list later than its time says: each window begins before the last one's end. */
const overlapMs = 10 * 60_000
/** What is younger may still be on its way as a webhook, and the list may not be whole. */
const settleMs = 60_000
/** Providers keep events for about 30 days; a house that begins looks back as far as webhooks are repeated. */
const firstLookMs = 3 * 24 * 60 * 60_000
/** Pages of one run: what is left goes on with the next, from where this one stopped. */
const mostPages = 20

/**
 * Reads what happened at the provider since the last time from its own list, into the table that webhooks are kept in: a
 * lost webhook is found, one that came changes nothing. Each page and how far it goes are kept in one transaction, so that
 * a crash or an answer that does not come only leaves the rest to the next run. Resolves to how many were new.
 */
export async function catchUpEvents(work: PaymentWork, provider: PaymentProvider): Promise<number> {
  let found = 0
  let window = await openWindow(work, provider)
  for (let page = 0; window?.until && page < mostPages; page++) {
    const { since, until, after } = window
    const { events, next } = await provider.listEvents({ since, until, after })
    const read: ProviderCatchUp = window
    const kept = await work.database.transact(async (tx) => {
      const now = work.clock.now()
      // Another process may read the same window: who comes second leaves its progress alone.
      const isOurs = await tx.providerCatchUp.updateMany({
        where: { provider: provider.name, since, until, after },
        data: next === null ? { since: until, until: null, after: null, checkedAt: now } : { after: next },
      })
      if (isOurs.count === 0) return null
      let added = 0
      for (const { id, type, payload } of events) {
        const json = JSON.stringify(payload)
        if (await keepProviderEvent(tx, provider.name, { id, type, json }, now)) added += 1
      }
      return added
    })
    if (kept === null) return found
    found += kept
    window = next === null ? null : { ...read, after: next }
  }
  return found
}

/** The window that is being read, else the next one; null while nothing has had time to happen. */
async function openWindow(
  { database, clock }: PaymentWork,
  { name: provider }: PaymentProvider,
): Promise<ProviderCatchUp | null> {
  const now = clock.now()
  await database.prisma.providerCatchUp.createMany({
    data: [{ provider, since: new Date(now.getTime() - firstLookMs) }],
    skipDuplicates: true,
  })
  const known = await database.prisma.providerCatchUp.findUniqueOrThrow({ where: { provider } })
  if (known.until) return known
  const until = new Date(now.getTime() - settleMs)
  if (until <= known.since) return null
  const since = known.checkedAt ? new Date(known.since.getTime() - overlapMs) : known.since
  await database.prisma.providerCatchUp.updateMany({
    where: { provider, since: known.since, until: null },
    data: { since, until },
  })
  return await database.prisma.providerCatchUp.findUniqueOrThrow({ where: { provider } })
}

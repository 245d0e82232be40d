import type { ProviderEvent, Transaction } from '../data/generated/client.ts'
import { lockTransaction, lockTransactionOf } from '../data/lock-transaction.ts'
import type { Tx } from '../data/tx.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import { nextTry } from '../domain/next-look.ts'
import type { Report } from '../providers/payment-provider.ts'
import type { PaymentWork } from './advance-transaction.ts'
import { noteReference } from './note-reference.ts'
import { recordReport } from './record-report.ts'

/** Then a person looks: the event is kept as FAILED with what went wrong. */
const mostAttempts = 10

/** Applies a webhook that was kept, once, whoever else tries to at the same time. */
export async function applyProviderEvent(
  work: PaymentWork,
  key: Pick<ProviderEvent, 'provider' | 'id'>,
): Promise<void> {
  const { database, clock } = work
  try {
    await database.transact((tx) => apply(tx, work, key))
  } catch (error) {
    const { attempts } = await database.prisma.providerEvent.update({
      where: { provider_id: key },
      data: { attempts: { increment: 1 }, error: error instanceof Error ? error.message : String(error) },
    })
    const isGivenUp = attempts >= mostAttempts
    await database.prisma.providerEvent.update({
      where: { provider_id: key },
      data: isGivenUp ? { state: 'FAILED', dueAt: null } : { dueAt: nextTry(clock.now(), attempts) },
    })
    throw error
  }
}

async function apply(
  tx: Tx,
  { providers, clock }: PaymentWork,
  key: Pick<ProviderEvent, 'provider' | 'id'>,
): Promise<void> {
  const now = clock.now()
  const [event] = await tx.$queryRaw<{ payload: unknown }[]>`
    SELECT payload FROM provider_events
     WHERE provider = ${key.provider} AND id = ${key.id} AND due_at <= ${now} FOR UPDATE SKIP LOCKED`
  const provider = providers.get(key.provider)
  if (!event || !provider) return
  const { report } = provider.read(event.payload)
  const transaction = report && (await findTransaction(tx, key.provider, report))
  if (transaction) {
    await noteReference(tx, transaction, { reference: report.reference, clientSecret: null })
    await recordReport(tx, transaction.id, report, now)
  }
  await tx.$executeRaw`
    UPDATE provider_events
       SET state = ${transaction ? 'APPLIED' : 'IGNORED'}::provider_event_state, applied_at = ${now}, due_at = NULL
     WHERE provider = ${key.provider} AND id = ${key.id}`
}

/**
 * The transaction a report is about, locked. A webhook may overtake the answer of the call that made the intent: then
 * the transaction's id that the provider was told finds it.
 */
async function findTransaction(tx: Tx, provider: string, report: Report): Promise<Transaction | null> {
  const { reference, transactionId } = report
  const known = await lockTransactionOf(tx, provider, reference)
  if (known) return known
  if (transactionId === null || !isUuid(transactionId)) return null
  const told = await lockTransaction(tx, transactionId)
  return told?.provider === provider && (told.pspReference ?? reference) === reference ? told : null
}

import type { ReconciliationRun, Transaction, TransactionEvent } from '../data/generated/client.ts'
import type { Tx } from '../data/tx.ts'
import { differenceId } from './difference-id.ts'
import type { TransactionEventType } from '../domain/fold-transaction.ts'
import {
  type Fact,
  type PaymentProvider,
  ProviderRefused,
  type Report,
} from '../providers/payment-provider.ts'
import type { PaymentWork } from './advance-transaction.ts'
import { closeDifference, recordDifference } from './record-difference.ts'
import { recordReport } from './record-report.ts'

export const providerCheck = 'provider-ledger'

const ofMoney = new Set<TransactionEventType>(['CHARGE_SUCCESS', 'REFUND_SUCCESS', 'CHARGE_BACK'])
/** What undoes a fact of money: the provider tells only how it ended. */
const undoing = new Set<TransactionEventType>(['REFUND_FAILURE', 'REFUND_REVERSE'])

/** Facts of money that one book has and the other has not. */
export function missingFrom(
  book: readonly Pick<Fact, 'type' | 'pspReference'>[],
  other: readonly Fact[],
): Fact[] {
  const has = new Set(book.map(({ type, pspReference }) => `${type} ${pspReference}`))
  return other.filter(({ type, pspReference }) => ofMoney.has(type) && !has.has(`${type} ${pspReference}`))
}

/**
 * Compares what the provider says of one intent with our ledger, both ways. What only the provider has is applied, as its
 * lost webhook would have done, and noted as a difference that is settled; what only we have, and money that belongs to no
 * transaction of ours, needs a person.
 */
export async function compareIntent(
  { database, clock }: PaymentWork,
  provider: PaymentProvider,
  { reference, run }: { reference: string; run: ReconciliationRun },
): Promise<void> {
  const report = await retrieve(provider, reference)
  await database.transact(async (tx) => {
    const now = clock.now()
    const transaction = await tx.transaction.findUnique({
      where: { provider_pspReference: { provider: provider.name, pspReference: reference } },
    })
    const id = differenceId(providerCheck, `${provider.name} ${reference}`)
    const found = {
      id,
      check: providerCheck,
      subject: reference,
      orderId: transaction?.orderId ?? null,
      transactionId: transaction?.id ?? null,
      runId: run.id,
    }
    if (!transaction) {
      const money = missingFrom([], report.facts)
      if (money.length === 0) {
        await closeIfOpen(tx, id, now)
        return
      }
      const detail = `${provider.name} has ${listed(money)} under ${reference}, which no payment of ours knows.`
      await recordDifference(tx, { ...found, detail, needsCase: true }, now)
      return
    }
    const missing = missingFrom(await eventsOf(tx, transaction), report.facts)
    if (missing.length > 0) {
      await recordReport(tx, transaction.id, report, now)
      const detail = `${provider.name} has ${listed(missing)}; our ledger had not, and has it now.`
      await recordDifference(tx, { ...found, detail, needsCase: false }, now)
    }
    const unknown = missingFrom(report.facts, (await eventsOf(tx, transaction)).filter(isNotUndone))
    if (unknown.length > 0) {
      const detail = `Our ledger has ${listed(unknown)}; ${provider.name} has not.`
      await recordDifference(tx, { ...found, detail, needsCase: true }, now)
    } else await closeIfOpen(tx, id, now)
  })
}

/** A reference that the provider never heard of has nothing to tell. */
async function retrieve(
  provider: PaymentProvider,
  reference: string,
): Promise<Pick<Report, 'facts' | 'disputes'>> {
  try {
    return await provider.retrieve(reference)
  } catch (error) {
    if (error instanceof ProviderRefused) return { facts: [], disputes: [] }
    throw error
  }
}

async function eventsOf(tx: Tx, { id: transactionId }: Transaction): Promise<TransactionEvent[]> {
  return await tx.transactionEvent.findMany({ where: { transactionId } })
}

function isNotUndone(event: TransactionEvent, _: number, all: readonly TransactionEvent[]): boolean {
  return !all.some(({ type, pspReference }) => undoing.has(type) && pspReference === event.pspReference)
}

async function closeIfOpen(tx: Tx, id: string, now: Date): Promise<void> {
  const open = await tx.reconciliationDifference.findFirst({ where: { id, closedAt: null } })
  if (open) await closeDifference(tx, id, now)
}

const listed = (facts: readonly Fact[]): string =>
  facts
    .map(({ type, amountMinor, currency }) => `${type} of ${amountMinor} minor units of ${currency}`)
    .join(', ')

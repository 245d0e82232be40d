import type { Tx } from '../../data/tx.ts'
import { endOrder } from '../../usecases/end-order.ts'
import { confirmOrder, reinstateOrder } from '../../usecases/learn-order.ts'
import { rejectPayment } from '../../usecases/reject-payment.ts'
import type { Random } from './mischief.ts'

/** An order as orders keeps it: the other side of the story. */
export interface PlayedOrder {
  orderId: string
  number: string
  customerRef: string
  totalMinor: bigint
  state: 'UNCONFIRMED' | 'CONFIRMED' | 'ENDED'
  hasGoods: boolean
  /** How often orders has told what became of it, and the newest that payments has heard. */
  told: number
  heard: number
  /** What payments told, by transaction. */
  paid: Map<string, PlayedPayment>
}

interface PlayedPayment {
  authorizedMinor: bigint
  chargedMinor: bigint
  refundedMinor: bigint
  isCanceled: boolean
  isRejected: boolean
}

export interface ToldPayment {
  orderId: string
  transactionId: string
  authorizedMinor: bigint
  chargedMinor: bigint
  refundedMinor: bigint
  isCanceled: boolean
}

/** What orders tells back; told late and out of order, but in the end. */
export type Reply = (tx: Tx, now: Date) => Promise<void>

const toKnown = (order: PlayedOrder) => ({
  orderId: order.orderId,
  number: order.number,
  customerRef: order.customerRef,
  marketId: 'FR',
  currency: 'EUR',
  totalMinor: order.totalMinor,
  expiresAt: null,
})

/** Orders hears of money, maybe of old news, and decides as its own state machine does. */
export function hearPayment(order: PlayedOrder, told: ToldPayment): Reply[] {
  const before = order.paid.get(told.transactionId)
  const paidBefore = sumOf(order)
  const after = {
    authorizedMinor: most(before?.authorizedMinor, told.authorizedMinor),
    chargedMinor: most(before?.chargedMinor, told.chargedMinor),
    refundedMinor: most(before?.refundedMinor, told.refundedMinor),
    isCanceled: told.isCanceled || before?.isCanceled === true,
    isRejected: before?.isRejected ?? false,
  }
  order.paid.set(told.transactionId, after)
  if (after.isRejected || keptOf(after) === 0n) return []
  const isPaid = sumOf(order) >= order.totalMinor
  const reject = (reason: string) => rejectAll(order, [told.transactionId], reason)
  switch (order.state) {
    case 'UNCONFIRMED':
      return isPaid ? confirm(order) : []
    case 'CONFIRMED':
      return paidBefore >= order.totalMinor && sumOf(order) > paidBefore ? reject('Paid already.') : []
    case 'ENDED':
      return isPaid && order.hasGoods ? reinstate(order) : reject('The goods are gone.')
  }
}

/** The hold ends, or somebody calls the order off: what was paid of it goes back. */
export function endPlayed(order: PlayedOrder, random: Random): Reply[] {
  if (order.state !== 'UNCONFIRMED') return []
  order.state = 'ENDED'
  order.hasGoods = random.chance(0.3)
  const paid = [...order.paid].filter(([, one]) => keptOf(one) > 0n).map(([id]) => id)
  return [
    newest(order, (tx, now) => endOrder(tx, toKnown(order), now)),
    ...rejectAll(order, paid, 'The order ended before it was paid in full.'),
  ]
}

function confirm(order: PlayedOrder): Reply[] {
  order.state = 'CONFIRMED'
  return [newest(order, (tx, now) => confirmOrder(tx, toKnown(order), now))]
}

function reinstate(order: PlayedOrder): Reply[] {
  order.state = 'CONFIRMED'
  return [newest(order, (tx, now) => reinstateOrder(tx, toKnown(order), now))]
}

/** As the consumer of snapshots hears them: what is older than the last one is no news. */
function newest(order: PlayedOrder, reply: Reply): Reply {
  const sequence = ++order.told
  return async (tx, now) => {
    if (order.heard > sequence) return
    order.heard = sequence
    await reply(tx, now)
  }
}

function rejectAll(order: PlayedOrder, transactionIds: readonly string[], reason: string): Reply[] {
  for (const id of transactionIds) {
    const paid = order.paid.get(id)
    if (paid) paid.isRejected = true
  }
  return transactionIds.map((transactionId) => (tx, now) => rejectPayment(tx, { transactionId, reason }, now))
}

function sumOf({ paid }: PlayedOrder): bigint {
  return [...paid.values()].reduce((sum, one) => (one.isRejected ? sum : sum + keptOf(one)), 0n)
}

function keptOf(payment: PlayedPayment): bigint {
  if (payment.chargedMinor > 0n) return payment.chargedMinor - payment.refundedMinor
  return payment.isCanceled ? 0n : payment.authorizedMinor
}

const most = (a = 0n, b: bigint): bigint => (a > b ? a : b)

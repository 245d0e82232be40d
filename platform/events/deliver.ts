import { ContractViolation } from './contract-violation.ts'
import type { Subscription } from './bus.ts'
import type { Envelope } from './envelope.ts'
import { NotYet } from './not-yet.ts'
import { pause } from './pause.ts'
import { backOffMs, type RetryPolicy } from './retry-policy.ts'
import { createSlots } from './slots.ts'

export type Outcome =
  | { kind: 'handled' }
  /** Will not succeed: to the dead letters. */
  | { kind: 'dead'; error: string; attempts: number }
  /** Put it aside and deliver it again later. */
  | { kind: 'not-yet'; reason: string }
  /** Given up because the bus closes or its connection was lost; the event is as undelivered as before. */
  | { kind: 'abandoned' }

/** `isWanted` turns false when the delivery has become pointless, so that what still waits is not run in vain. */
export type Deliver = (envelope: Envelope, isWanted: () => boolean) => Promise<Outcome>

/**
 * The part both buses share: one handler at a time per aggregate, in the order of the calls; at most `concurrency`
 * handlers at once; failures tried again with back-off while that aggregate waits (and nobody else: a pause holds no
 * slot). Never rejects.
 */
export function createDeliver(subscription: Subscription, retry: RetryPolicy, closing: AbortSignal): Deliver {
  const slots = createSlots(subscription.concurrency ?? 16)
  const lanes = new Map<string, Promise<Outcome>>()

  async function handleOnce(
    envelope: Envelope,
    isWanted: () => boolean,
    attempt: number,
  ): Promise<Outcome | null> {
    const giveBack = await slots.take()
    try {
      if (closing.aborted || !isWanted()) return { kind: 'abandoned' }
      await subscription.handle(envelope)
      return { kind: 'handled' }
    } catch (error) {
      const text = describe(error)
      if (error instanceof NotYet) return { kind: 'not-yet', reason: text }
      if (error instanceof ContractViolation || attempt >= retry.tries) {
        return { kind: 'dead', error: text, attempts: attempt }
      }
      return null
    } finally {
      giveBack()
    }
  }

  async function run(envelope: Envelope, isWanted: () => boolean): Promise<Outcome> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await handleOnce(envelope, isWanted, attempt)
      if (outcome) return outcome
      await pause(backOffMs(retry, attempt), closing)
    }
  }

  return (envelope, isWanted) => {
    const lane = `${envelope.aggregateType} ${envelope.aggregateId}`
    const before = lanes.get(lane)
    const mine = before ? before.then(() => run(envelope, isWanted)) : run(envelope, isWanted)
    lanes.set(lane, mine)
    return mine.finally(() => {
      if (lanes.get(lane) === mine) lanes.delete(lane)
    })
  }
}

function describe(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 2_000)
}

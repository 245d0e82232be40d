// What the sandbox's objects mean for our ledger.
import {
  sandboxEvent,
  type SandboxDisputeObject,
  type SandboxIntentObject,
  type SandboxRefundObject,
} from '../sandbox/sandbox-objects.ts'
import type { Dispute, Fact, Notice, Report } from './payment-provider.ts'

export function noticeOfSandbox(payload: unknown): Notice {
  const { id, type, created, data } = sandboxEvent.parse(payload)
  const at = new Date(created)
  const { intent, refund, dispute } = data
  if (intent) return { id, type, report: reportOfSandboxIntent(intent, at) }
  if (refund) {
    const facts = factsOfSandboxRefund(refund, at)
    return { id, type, report: { ...unnamed(refund.intentReference), facts, disputes: [] } }
  }
  if (dispute) {
    const facts = factsOfDispute(dispute, at)
    return {
      id,
      type,
      report: { ...unnamed(dispute.intentReference), facts, disputes: [toDispute(dispute)] },
    }
  }
  return { id, type, report: null }
}

const unnamed = (reference: string) => ({ reference, transactionId: null })

export function reportOfSandboxIntent(
  intent: SandboxIntentObject,
  at: Date,
  after: { refunds: SandboxRefundObject[]; disputes: SandboxDisputeObject[] } = { refunds: [], disputes: [] },
): Report {
  return {
    reference: intent.reference,
    transactionId: intent.transactionId,
    facts: [
      ...factsOf(intent, at),
      ...after.refunds.flatMap((refund) => factsOfSandboxRefund(refund, at)),
      ...after.disputes.flatMap((dispute) => factsOfDispute(dispute, at)),
    ],
    disputes: after.disputes.map(toDispute),
  }
}

function factsOf(intent: SandboxIntentObject, at: Date): Fact[] {
  const asked = BigInt(intent.amountMinor)
  const attempt = {
    pspReference: intent.attempt ?? intent.reference,
    currency: intent.currency,
    amountMinor: asked,
    code: null,
    message: null,
    at,
  }
  const released = { ...attempt, type: 'CANCEL_SUCCESS', pspReference: intent.reference } as const
  switch (intent.status) {
    case 'succeeded': {
      const { charge } = intent
      if (!charge) throw new Error(`The sandbox says ${intent.reference} succeeded, without a charge`)
      const amountMinor = BigInt(charge.amountMinor)
      const { currency, reference: pspReference } = charge
      const taken: Fact = { ...attempt, type: 'CHARGE_SUCCESS', pspReference, currency, amountMinor }
      const isReleased = intent.captureMethod === 'manual' && amountMinor < asked
      return isReleased ? [taken, { ...released, amountMinor: asked - amountMinor }] : [taken]
    }
    case 'canceled':
      return [released]
    case 'processing':
      return [{ ...attempt, type: 'CHARGE_REQUEST' }]
    case 'requires_action':
      return [{ ...attempt, type: 'CHARGE_ACTION_REQUIRED' }]
    case 'requires_capture':
      return [{ ...attempt, type: 'AUTHORIZATION_SUCCESS' }]
    case 'requires_payment_method':
      if (!intent.failure) return []
      return [
        { ...attempt, type: 'CHARGE_FAILURE', code: intent.failure.code, message: intent.failure.reason },
      ]
  }
}

/** Nothing while the refund is under way. */
export function factsOfSandboxRefund(refund: SandboxRefundObject, at: Date): Fact[] {
  const { reference: pspReference, currency } = refund
  const fact = { pspReference, currency, amountMinor: BigInt(refund.amountMinor), at }
  switch (refund.status) {
    case 'pending':
      return []
    case 'succeeded':
      return [{ ...fact, type: 'REFUND_SUCCESS', code: null, message: null }]
    case 'failed': {
      const message = 'The bank did not take the money back.'
      return [{ ...fact, type: 'REFUND_FAILURE', code: 'refund_failed', message }]
    }
  }
}

function factsOfDispute(dispute: SandboxDisputeObject, at: Date): Fact[] {
  if (dispute.status !== 'lost') return []
  const { reference: pspReference, currency, reason } = dispute
  const amountMinor = BigInt(dispute.amountMinor)
  const message = `The bank took the money back: ${reason}.`
  return [{ type: 'CHARGE_BACK', pspReference, currency, amountMinor, code: reason, message, at }]
}

const statuses = { open: 'OPEN', won: 'WON', lost: 'LOST' } as const

function toDispute(dispute: SandboxDisputeObject): Dispute {
  const { reference, currency, reason, respondBy } = dispute
  return {
    reference,
    status: statuses[dispute.status],
    currency,
    amountMinor: BigInt(dispute.amountMinor),
    reason,
    respondBy: respondBy === null ? null : new Date(respondBy),
    at: new Date(dispute.at),
  }
}

// What the sandbox shows of itself: the objects in its answers and webhooks, with their amounts as decimal strings.
import { z } from 'zod'
import type { Tx } from '../data/tx.ts'
import type { SandboxDispute, SandboxIntent, SandboxRefund } from '../data/generated/client.ts'

const amount = z.string().regex(/^\d{1,19}$/)

const sandboxIntentObject = z.object({
  reference: z.string(),
  transactionId: z.string(),
  currency: z.string(),
  amountMinor: amount,
  captureMethod: z.enum(['automatic', 'manual']).default('automatic'),
  status: z.enum([
    'requires_payment_method',
    'requires_action',
    'processing',
    'requires_capture',
    'succeeded',
    'canceled',
  ]),
  attempt: z.string().nullable(),
  failure: z.object({ code: z.string(), reason: z.string() }).nullable(),
  charge: z.object({ reference: z.string(), currency: z.string(), amountMinor: amount }).nullable(),
})

const sandboxRefundObject = z.object({
  reference: z.string(),
  intentReference: z.string(),
  currency: z.string(),
  amountMinor: amount,
  status: z.enum(['pending', 'succeeded', 'failed']),
})

const sandboxDisputeObject = z.object({
  reference: z.string(),
  intentReference: z.string(),
  currency: z.string(),
  amountMinor: amount,
  status: z.enum(['open', 'won', 'lost']),
  reason: z.string(),
  respondBy: z.iso.datetime().nullable(),
  at: z.iso.datetime(),
})

export const sandboxEvent = z.object({
  id: z.string().min(1).max(100),
  type: z.string().max(100),
  created: z.iso.datetime(),
  data: z.object({
    intent: sandboxIntentObject.optional(),
    refund: sandboxRefundObject.optional(),
    dispute: sandboxDisputeObject.optional(),
  }),
})

export type SandboxIntentObject = z.infer<typeof sandboxIntentObject>
export type SandboxRefundObject = z.infer<typeof sandboxRefundObject>
export type SandboxDisputeObject = z.infer<typeof sandboxDisputeObject>
export type SandboxEvent = z.infer<typeof sandboxEvent>

export async function toIntentObject(tx: Tx, intent: SandboxIntent): Promise<SandboxIntentObject> {
  const charge = await tx.sandboxCharge.findUnique({ where: { intentReference: intent.reference } })
  return {
    reference: intent.reference,
    transactionId: intent.transactionId,
    currency: intent.currency,
    amountMinor: intent.amountMinor.toString(),
    captureMethod: intent.captureMethod === 'manual' ? 'manual' : 'automatic',
    status: sandboxIntentObject.shape.status.parse(intent.status),
    attempt: intent.attemptReference,
    failure: intent.failureCode
      ? { code: intent.failureCode, reason: intent.failureReason ?? intent.failureCode }
      : null,
    charge: charge && {
      reference: charge.reference,
      currency: charge.currency,
      amountMinor: charge.amountMinor.toString(),
    },
  }
}

export function toRefundObject(refund: SandboxRefund, currency: string): SandboxRefundObject {
  return {
    reference: refund.reference,
    intentReference: refund.intentReference,
    currency,
    amountMinor: refund.amountMinor.toString(),
    status: sandboxRefundObject.shape.status.parse(refund.status),
  }
}

/** How long the house may answer a dispute; nothing depends on it here. */
const respondWithinMs = 7 * 24 * 60 * 60_000

export function toDisputeObject(dispute: SandboxDispute, currency: string): SandboxDisputeObject {
  return {
    reference: dispute.reference,
    intentReference: dispute.intentReference,
    currency,
    amountMinor: dispute.amountMinor.toString(),
    status: sandboxDisputeObject.shape.status.parse(dispute.status),
    reason: dispute.reason,
    respondBy:
      dispute.status === 'open' ? new Date(dispute.at.getTime() + respondWithinMs).toISOString() : null,
    at: dispute.at.toISOString(),
  }
}

// What the sandbox shows of itself: the objects in its answers and webhooks, with their amounts as decimal strings.
import { z } from 'zod'
import type { Tx } from '../data/tx.ts'
import type { SandboxIntent, SandboxRefund } from '../data/generated/client.ts'

const amount = z.string().regex(/^\d{1,19}$/)

export const sandboxIntentObject = z.object({
  reference: z.string(),
  transactionId: z.string(),
  currency: z.string(),
  amountMinor: amount,
  status: z.enum(['requires_payment_method', 'requires_action', 'processing', 'succeeded', 'canceled']),
  attempt: z.string().nullable(),
  failure: z.object({ code: z.string(), reason: z.string() }).nullable(),
  charge: z.object({ reference: z.string(), currency: z.string(), amountMinor: amount }).nullable(),
})

export const sandboxRefundObject = z.object({
  reference: z.string(),
  intentReference: z.string(),
  currency: z.string(),
  amountMinor: amount,
  status: z.enum(['succeeded', 'failed']),
})

export const sandboxEvent = z.object({
  id: z.string().min(1).max(100),
  type: z.string().max(100),
  created: z.iso.datetime(),
  data: z.object({ intent: sandboxIntentObject.optional(), refund: sandboxRefundObject.optional() }),
})

export type SandboxIntentObject = z.infer<typeof sandboxIntentObject>
export type SandboxRefundObject = z.infer<typeof sandboxRefundObject>
export type SandboxEvent = z.infer<typeof sandboxEvent>

export async function toIntentObject(tx: Tx, intent: SandboxIntent): Promise<SandboxIntentObject> {
  const charge = await tx.sandboxCharge.findUnique({ where: { intentReference: intent.reference } })
  return {
    reference: intent.reference,
    transactionId: intent.transactionId,
    currency: intent.currency,
    amountMinor: intent.amountMinor.toString(),
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

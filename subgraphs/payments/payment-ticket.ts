import { errors, jwtVerify } from 'jose'
import { z } from 'zod'
import { isCurrencyCode } from '#platform/money/currencies.ts'

const claims = z.object({
  orderId: z.uuid(),
  orderNumber: z.string().min(1),
  customerRef: z.uuid(),
  currency: z.string().refine(isCurrencyCode),
  amountMinor: z.string().regex(/^[1-9]\d{0,17}$/),
  exp: z.number(),
})

/** What orders says may be paid: by whom, for which order, how much, until when. */
export interface PaymentTicket {
  orderId: string
  orderNumber: string
  customerRef: string
  currency: string
  amountMinor: bigint
  expiresAt: Date
}

/** The ticket, when orders signed it and it has not expired; else null. */
export async function readPaymentTicket(
  secret: string,
  jws: string,
  now: Date,
): Promise<PaymentTicket | null> {
  try {
    const key = new TextEncoder().encode(secret)
    const { payload } = await jwtVerify(jws, key, { algorithms: ['HS256'], typ: 'JWT', currentDate: now })
    const { amountMinor, exp, ...ticket } = claims.parse(payload)
    return { ...ticket, amountMinor: BigInt(amountMinor), expiresAt: new Date(exp * 1000) }
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof z.ZodError) return null
    throw error
  }
}

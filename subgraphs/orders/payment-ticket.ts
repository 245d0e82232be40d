import { SignJWT } from 'jose'
import type { Order } from './data/generated/client.ts'

/**
 * What a shopper passes to `startPayment`: a JWS (HS256, the key shared with payments) that says which order, how much
 * and until when, so that payments need not ask. The same order always gives the same ticket.
 */
export async function signPaymentTicket(secret: string, order: Order): Promise<string> {
  const expiresAt = order.expiresAt ?? order.placedAt
  return await new SignJWT({
    orderId: order.id,
    orderNumber: order.number,
    customerRef: order.customerRef,
    currency: order.currency,
    amountMinor: order.totalMinor.toString(),
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setExpirationTime(Math.floor(expiresAt.getTime() / 1000))
    .sign(new TextEncoder().encode(secret))
}

import type { Identity } from '#platform/auth/identity.ts'
import { type PaymentTicket, readPaymentTicket } from '../payment-ticket.ts'
import type { PaymentServices } from './services.ts'

/** A ticket is some 400 characters. */
const longestTicket = 4_096

/** The caller's ticket; null when it is forged or expired. Somebody else's is treated as forged: it is nobody's business. */
export async function readOwnTicket(
  { ticketSecret, clock }: PaymentServices,
  jws: string,
  caller: Identity,
): Promise<PaymentTicket | null> {
  if (jws.length > longestTicket) return null
  const ticket = await readPaymentTicket(ticketSecret, jws, clock.now())
  return ticket?.customerRef === caller.userId ? ticket : null
}

export const ticketInvalid = () => ({
  kind: 'TicketInvalidError',
  message: 'This order can’t be paid any more. Look at your bag and order again.',
})

export const alreadyPaid = () => ({
  kind: 'AlreadyPaidError',
  message: 'This order is paid already. You find it among your orders.',
})

export const providerUnavailable = () => ({
  kind: 'PaymentProviderUnavailableError',
  message: 'Paying is not possible right now. Your pieces stay held: try again in a moment.',
})

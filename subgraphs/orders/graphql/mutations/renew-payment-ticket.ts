import { hasRole } from '#platform/auth/identity.ts'
import { unauthenticated } from '#platform/errors/errors.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import { signPaymentTicket } from '../../payment-ticket.ts'
import { orderNotFound } from '../../usecases/cancel-order.ts'
import type { Ctx, Services } from '../services.ts'

export function renewPaymentTicket({ clock, ticketSecret }: Services) {
  return async (_: unknown, { orderId }: { orderId: string }, { identity, loaders }: Ctx) => {
    if (!identity) throw unauthenticated()
    const order = isUuid(orderId) ? await loaders.order.load(orderId.toLowerCase()) : null
    const mayPay = order?.customerRef === identity.userId || hasRole(identity, 'SUPPORT', 'ADMIN')
    if (!order || !mayPay) return orderNotFound
    if (order.expiresAt === null || order.expiresAt <= clock.now()) {
      return {
        kind: 'IllegalOrderStateError',
        message: 'This order cannot be paid any more. Place it again.',
        status: order.status,
      }
    }
    return { kind: 'RenewPaymentTicketSuccess', paymentTicket: await signPaymentTicket(ticketSecret, order) }
  }
}

import { isReferenceOf } from '../../order-reference.ts'
import type { Services } from '../services.ts'

/** What is no number is looked up as well, so that no answer comes sooner than another. */
export function orderByReference({ database: { prisma } }: Services) {
  return async (_: unknown, args: { number: string; reference: string }) => {
    const number = /^[A-Za-z0-9-]{1,40}$/.test(args.number) ? args.number : ''
    const order = await prisma.order.findUnique({ where: { number } })
    return isReferenceOf(order?.referenceHash ?? null, args.reference.slice(0, 100)) ? order : null
  }
}

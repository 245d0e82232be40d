import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/**
 * The secret that opens an order without an account: 128 bits derived from the order's id, so that a repeated
 * `placeOrder` gives the same one, though only its hash is stored.
 */
export function orderReference(secret: string, orderId: string): string {
  const mac = createHmac('sha256', secret).update(`order reference ${orderId}`).digest()
  return mac.subarray(0, 16).toString('base64url')
}

export function hashReference(reference: string): string {
  return createHash('sha256').update(reference).digest('hex')
}

const ofNoOrder = hashReference('')

/** Whether the reference belongs to the hash. It takes the same time for none, a wrong and a right one. */
export function isReferenceOf(hash: string | null, reference: string): boolean {
  const given = Buffer.from(hashReference(reference))
  return timingSafeEqual(given, Buffer.from(hash ?? ofNoOrder)) && hash !== null
}

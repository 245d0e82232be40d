import type { MessageId } from '#app/messages/en.ts'

/** The boutique where it is collected, and by whom. */
export interface PickUp {
  shopId: string
  name: string
  phone: string | null
}

export type PickUpErrors = Partial<Record<'shopId' | 'name' | 'phone', MessageId>>

const unkeepable = /[\p{Cc}\p{Cs}]/u

/** Who collects it where, or what is missing, per field. */
export function readPickUp(
  form: { get(name: string): unknown },
  shopIds: readonly string[],
): { pickUp: PickUp } | { errors: PickUpErrors } {
  const text = (field: string) => {
    const value = form.get(field)
    return typeof value === 'string' ? value.trim() : ''
  }
  const [shopId, name, phone] = [text('shopId'), text('name'), text('phone')]
  const errors: PickUpErrors = {}
  if (!shopIds.includes(shopId)) errors.shopId = 'checkout.required'
  if (name === '') errors.name = 'checkout.required'
  else if (name.length > 120 || unkeepable.test(name)) errors.name = 'checkout.bad-text'
  if (phone.length > 30 || unkeepable.test(phone)) errors.phone = 'checkout.bad-text'
  if (Object.keys(errors).length > 0) return { errors }
  return { pickUp: { shopId, name, phone: phone === '' ? null : phone } }
}

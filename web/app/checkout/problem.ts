import type { MoneyAmount } from '#app/i18n/format.ts'
import type { VoucherRefusal } from '#generated/graphql.ts'
import type { AddressErrors } from './address-form.ts'
import type { CardErrors } from './card.ts'
import type { PickUpErrors } from './pick-up-form.ts'

/** The form as it was sent: shown again with the same key, it is the same order. */
export interface OrderForm {
  lines: string
  expectedTotal: string
  idempotencyKey: string
  /** Those that count, by commas. */
  voucherCodes: string
  /** Empty: the first that serves. */
  shippingMethodId: string
}

/** Why a step of the checkout did not go on. The page says it at its place, with what to do. */
export type CheckoutProblem =
  | { kind: 'lost'; form?: OrderForm }
  | { kind: 'contact'; values: Record<string, string> }
  | { kind: 'address'; values: Record<string, string>; errors: AddressErrors }
  | { kind: 'collect'; values: Record<string, string>; errors: PickUpErrors }
  | { kind: 'card'; errors: CardErrors; form?: OrderForm }
  | { kind: 'stock'; lines: { name: string; available: number }[] }
  | { kind: 'price'; expected: MoneyAmount; actual: MoneyAmount }
  | { kind: 'voucher'; code: string; reason: VoucherRefusal }
  | { kind: 'market'; names: string[] }
  | { kind: 'input'; detail: string }
  | { kind: 'stale' }

/** What the page shows is asked for again when the goods or their prices are not what it showed. */
export function isOutdated(problem: CheckoutProblem | undefined): boolean {
  return problem !== undefined && ['stock', 'price', 'voucher', 'market', 'stale'].includes(problem.kind)
}

/** What a change of a cart can be refused with. */
export type CartRefusal =
  | { kind: 'CartNotFoundError'; message: string }
  | { kind: 'CartFullError'; message: string }
  | { kind: 'InvalidInputError'; message: string; field: string }

export const cartNotFound: CartRefusal = {
  kind: 'CartNotFoundError',
  message: 'This cart is not there any more. Start a new one.',
}

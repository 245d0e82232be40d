/** What the shopper can do about it, by the codes of every provider: a key of `pay.failed.*`. */
export type FailureReason =
  'card_declined' | 'insufficient_funds' | 'incorrect_number' | 'authentication_failed' | 'other'

const reasons: Record<string, FailureReason> = {
  card_declined: 'card_declined',
  generic_decline: 'card_declined',
  do_not_honor: 'card_declined',
  call_issuer: 'card_declined',
  transaction_not_allowed: 'card_declined',
  // Whoever holds a lost or stolen card is not told that it is known as one.
  lost_card: 'card_declined',
  stolen_card: 'card_declined',
  pickup_card: 'card_declined',
  fraudulent: 'card_declined',
  insufficient_funds: 'insufficient_funds',
  withdrawal_count_limit_exceeded: 'insufficient_funds',
  incorrect_number: 'incorrect_number',
  invalid_number: 'incorrect_number',
  authentication_failed: 'authentication_failed',
  authentication_required: 'authentication_failed',
  payment_intent_authentication_failure: 'authentication_failed',
}

export function failureReason(code: string): FailureReason {
  return Object.hasOwn(reasons, code) ? (reasons[code] ?? 'other') : 'other'
}

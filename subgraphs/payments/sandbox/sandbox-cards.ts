import { passesLuhn } from './passes-luhn.ts'

/** What a test card does. No card number is kept: only what it does. */
export type CardBehaviour =
  | { kind: 'succeeds' }
  | { kind: 'fails'; code: string; reason: string }
  | { kind: 'needs-action' }
  | { kind: 'succeeds-late' }
  | { kind: 'fails-late' }
  | { kind: 'loses-webhook' }
  | { kind: 'repeats-webhook' }
  | { kind: 'refuses-first-refund' }
  /** Held and not taken, whatever the house asks for. */
  | { kind: 'only-holds'; later?: LaterBehaviour }
  | { kind: 'succeeds-then'; later: LaterBehaviour }

/** What comes after the card was accepted. */
export type LaterBehaviour =
  'dispute-lost' | 'dispute-won' | 'refund-late' | 'refund-sent-back' | 'hold-lapses'

const cards: Record<string, CardBehaviour> = {
  '4000000000000002': { kind: 'fails', code: 'card_declined', reason: 'The card was declined.' },
  '4000000000009995': {
    kind: 'fails',
    code: 'insufficient_funds',
    reason: 'The card has insufficient funds.',
  },
  '4000002500003155': { kind: 'needs-action' },
  '4000000000005126': { kind: 'succeeds-late' },
  '4000000000004954': { kind: 'loses-webhook' },
  '4000000000008888': { kind: 'repeats-webhook' },
  '4000000000007726': { kind: 'refuses-first-refund' },
  '4000000000000341': { kind: 'fails-late' },
  '4000000000000259': { kind: 'succeeds-then', later: 'dispute-lost' },
  '4000000000002685': { kind: 'succeeds-then', later: 'dispute-won' },
  '4000000000007734': { kind: 'succeeds-then', later: 'refund-late' },
  '4000000000007742': { kind: 'succeeds-then', later: 'refund-sent-back' },
  '4000000000003063': { kind: 'only-holds' },
  '4000000000003071': { kind: 'only-holds', later: 'hold-lapses' },
}

export interface Card {
  cardNumber: string
  /** `MM/YY`. */
  expiry: string
  cvc: string
}

/** What the card does, or why it is none: then nothing is tried with it. */
export function readCard(
  card: Card,
  now: Date,
): { behaviour: CardBehaviour } | { failureCode: string; failureReason: string } {
  const digits = card.cardNumber.replace(/[\s-]/g, '')
  // The documented test numbers work whether or not their check digit does.
  if (!(digits in cards) && !passesLuhn(digits)) {
    return { failureCode: 'incorrect_number', failureReason: 'The card number is not right.' }
  }
  if (isPast(card.expiry, now)) {
    return { failureCode: 'expired_card', failureReason: 'The card has expired, or its date is not right.' }
  }
  if (!/^\d{3,4}$/.test(card.cvc.trim())) {
    return { failureCode: 'incorrect_cvc', failureReason: 'The security code is not right.' }
  }
  return { behaviour: cards[digits] ?? { kind: 'succeeds' } }
}

/** A card is good until the end of its month, wherever on earth. */
function isPast(expiry: string, now: Date): boolean {
  const match = /^\s*(0[1-9]|1[0-2])\s*\/\s*(?:20)?(\d{2})\s*$/.exec(expiry)
  if (!match) return true
  return Date.UTC(2000 + Number(match[2]), Number(match[1]), 2) <= now.getTime()
}

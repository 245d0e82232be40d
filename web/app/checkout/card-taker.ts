/** Who takes the card: our own form for the sandbox, Stripe's frame, or nobody knows just now. */
export type CardTaker = { kind: 'sandbox' } | { kind: 'stripe'; publishableKey: string } | { kind: 'unknown' }

/** Where a provider's card form may open: an attempt that waits for a card, or none just now. */
export type CardPlace = { kind: 'open'; clientSecret: string } | { kind: 'unavailable' }

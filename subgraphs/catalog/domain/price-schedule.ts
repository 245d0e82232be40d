// When the prices of one variant in one market hold: never two at once.

export interface Slot {
  validFrom: Date
  /** Null: without an end. */
  validTo: Date | null
}

export interface WantedSlot {
  /** Null: from now on. */
  validFrom: Date | null
  /** Null: until the next one begins. */
  validTo: Date | null
}

export type Placed<S> =
  | {
      kind: 'Placed'
      slot: Slot
      /** The one that ends where the new one begins. */
      cut: S | null
      /** The one that began at the same moment: the new one takes its place. */
      replaced: S | null
    }
  | { kind: 'Overlap' }

/**
 * Where a price goes among those that hold now or will. It ends the one that holds when it begins, if that has no end of its own
 * or if it begins now; else the two would overlap.
 */
export function placePrice<S extends Slot>(slots: readonly S[], wanted: WantedSlot, now: Date): Placed<S> {
  const validFrom = wanted.validFrom ?? now
  const replaced = slots.find((slot) => slot.validFrom.getTime() === validFrom.getTime()) ?? null
  const held = slots.find(
    (slot) => slot.validFrom < validFrom && (slot.validTo === null || slot.validTo > validFrom),
  )
  if (held?.validTo && wanted.validFrom !== null) return { kind: 'Overlap' }
  const later = slots.map((slot) => slot.validFrom.getTime()).filter((time) => time > validFrom.getTime())
  const next = later.length > 0 ? new Date(Math.min(...later)) : null
  const validTo = wanted.validTo ?? next
  if (next !== null && validTo !== null && validTo > next) return { kind: 'Overlap' }
  return { kind: 'Placed', slot: { validFrom, validTo }, cut: held ?? null, replaced }
}

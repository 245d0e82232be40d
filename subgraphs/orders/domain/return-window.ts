/** As the house promises on its pages; the law of its markets asks for 14. */
const days = 30

/** When the time to ask for a return ends, counted from when goods were handed over last. */
export function returnableUntil(handedOverAt: Date): Date {
  return new Date(handedOverAt.getTime() + days * 24 * 60 * 60_000)
}

// What people hand over: what is due to the cent, or what the next notes make of it. Steps are in whole units.
const steps: Readonly<Record<string, readonly bigint[]>> = {
  JPY: [1_000n, 5_000n, 10_000n, 50_000n],
  CNY: [10n, 50n, 100n, 500n],
}
const otherSteps = [5n, 10n, 20n, 50n, 100n, 500n]

/** Up to four likely amounts in minor units, the exact one first. */
export function quickTenders(dueMinor: bigint, currency: string, digits: number): bigint[] {
  if (dueMinor <= 0n) return []
  const unit = 10n ** BigInt(digits)
  const rounded = (steps[currency] ?? otherSteps).map((step) => {
    const minor = step * unit
    return ((dueMinor + minor - 1n) / minor) * minor
  })
  return [...new Set([dueMinor, ...rounded])].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).slice(0, 4)
}

// The number of a change is in the price it made, so that an answer says how old it is.

/** Cents of version 0. */
const firstPrice = 1_000_000

export const priceOf = (version: number): bigint => BigInt(firstPrice + version)

/** Which version of the first variant's price an answer shows; null when it shows none. */
export function versionIn(answer: string): number | null {
  const amount = /"price":\{"current":\{"currency":"EUR",(?:"minorUnits":"\d+",)?"amount":"([\d.]+)"/.exec(
    answer,
  )?.[1]
  return amount === undefined ? null : Math.round(Number(amount) * 100) - firstPrice
}

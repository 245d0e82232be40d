// A bucket that holds `capacity` and is refilled steadily. All there is to remember of one is when it will be full.

export interface BucketSize {
  capacity: number
  /** Cost given back per second. */
  restoreRate: number
}

/** What is in the bucket now. */
export function availableIn(fullAtMs: number, { capacity, restoreRate }: BucketSize, nowMs: number): number {
  return Math.max(0, capacity - (Math.max(0, fullAtMs - nowMs) * restoreRate) / 1_000)
}

/** When the bucket will be full once `cost` is taken out of it. */
export function fullAfter(
  fullAtMs: number,
  cost: number,
  { restoreRate }: BucketSize,
  nowMs: number,
): number {
  return Math.max(fullAtMs, nowMs) + (cost / restoreRate) * 1_000
}

/** How long until `cost` is in the bucket; 0 when it is there. */
export function waitFor(fullAtMs: number, cost: number, size: BucketSize, nowMs: number): number {
  const missing = cost - availableIn(fullAtMs, size, nowMs)
  return missing <= 0 ? 0 : (missing / size.restoreRate) * 1_000
}

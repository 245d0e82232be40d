/**
 * Bytes kept for a while under a key. What is stored may be gone at any moment; a caller must be able to do without.
 * Every operation may reject when the store is out of reach: the caller decides what that means.
 */
export interface Cache {
  get(key: string): Promise<Buffer | null>
  /** Replaces what was there. `ttlMs` is a positive integer; longer keeping is never promised, shorter is possible. */
  set(key: string, value: Buffer | string, options: { ttlMs: number }): Promise<void>
  /** Keys that are not there are passed over. */
  delete(keys: readonly string[]): Promise<void>
  /**
   * Adds one, atomically, and gives the new count. The time to live starts with the first increment and is not
   * extended by the following: a window for rate limits. Rejects when the key holds something that is no count.
   */
  increment(key: string, options: { ttlMs: number }): Promise<number>
  close(): Promise<void>
}

/** Throws RangeError for a time to live that is not a positive integer of milliseconds. */
export function assertTtl(ttlMs: number): void {
  if (!Number.isSafeInteger(ttlMs) || ttlMs <= 0) throw new RangeError('ttlMs must be a positive integer')
}

// What several gateways keep together. Its clock makes entries safe: each purge advances `seq` and leaves the new value
// at the purged tags as a fence; an entry remembers the clock of before its origin was asked, and holds only while no
// fence of its tags is later. A tier that lost its memory has another `epoch`, and nothing of before holds.

/** The tier's clock at the moment of a read. */
export interface Birth {
  epoch: string
  seq: number
  /** The time by the tier's own clock: the age of an entry is not a matter of whose clock is right. */
  atMs: number
}

export interface SharedEntry {
  key: string
  tags: readonly string[]
  maxAgeMs: number
  etag: string
  body: Buffer
}

export interface AgedEntry extends SharedEntry {
  /** Since its birth, by the tier's clock. */
  ageMs: number
}

export interface SharedRead {
  birth: Birth
  /** May be served as far as the fences go; fresh when no more than half of its age has passed. */
  entry: AgedEntry | null
  /** Whether the reader is the one to ask the origin. Only asked for when there is no fresh entry. */
  hasLease: boolean
}

export interface PurgeListener {
  /** Another gateway has purged these (all of `withTypeTags`). */
  purged(tags: readonly string[]): void
  /** Purges may have been missed, or nothing of before holds any more. */
  lost(): void
}

/** No operation rejects or takes longer than its time limit: a tier that is out of reach says so. */
export interface SharedTier {
  /**
   * Null when the tier is out of reach. `token` names the reader, for the lease; who wants none gives an empty one. A
   * lease from before a purge of one of the `types` is free: what its holder brings may be from before the change.
   */
  read(key: string, token: string, types?: readonly string[]): Promise<SharedRead | null>
  /** Keeps an entry unless one of its tags was purged since `birth`, and gives the lease back. */
  store(entry: SharedEntry, birth: Birth, token: string): Promise<'stored' | 'refused' | 'away'>
  /** Gives the lease back without an entry. */
  release(key: string, token: string): Promise<void>
  /**
   * When it resolves to true, no gateway reads anything from the tier that has one of these tags and was born before,
   * and every gateway is being told. False when the tier is out of reach: then all it holds is dropped as soon as it
   * is back.
   */
  purge(tags: readonly string[]): Promise<boolean>
  /** The one who is told of others' purges; there is one. */
  listen(listener: PurgeListener): void
  close(): Promise<void>
}

import type { CacheEntry } from './cache-entry.ts'

/** Which entries have a tag. Most tags have one entry, so a set is made only for the second. */
export function createTagIndex() {
  const byTag = new Map<string, CacheEntry | Set<CacheEntry>>()

  return {
    add: (entry: CacheEntry): void => {
      for (const tag of entry.tags) {
        const held = byTag.get(tag)
        if (held === undefined) byTag.set(tag, entry)
        else if (held instanceof Set) held.add(entry)
        else if (held !== entry) byTag.set(tag, new Set([held, entry]))
      }
    },
    remove: (entry: CacheEntry): void => {
      for (const tag of entry.tags) {
        const held = byTag.get(tag)
        if (held === entry) byTag.delete(tag)
        else if (held instanceof Set && held.delete(entry) && held.size === 0) byTag.delete(tag)
      }
    },
    /** A list of its own: entries may be removed while it is walked. */
    entriesOf: (tag: string): CacheEntry[] => {
      const held = byTag.get(tag)
      if (held === undefined) return []
      return held instanceof Set ? [...held] : [held]
    },
    clear: (): void => {
      byTag.clear()
    },
  }
}

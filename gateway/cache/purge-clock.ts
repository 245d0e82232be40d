import { typeOfTag } from './tags.ts'

// Two generations of this many tags: more than are purged while one fill is under way, and a megabyte or two.
const TAGS_PER_GENERATION = 10_000

/**
 * Remembers in which order purges came, so that a fill can tell what was purged since it began. It forgets in
 * generations: a fill that began before what is still remembered counts as purged.
 */
export function createPurgeClock() {
  let time = 0
  let allPurgedAt = 0
  let recent = new Map<string, number>()
  let older = new Map<string, number>()
  let recentSince = 0
  const typePurgedAt = new Map<string, number>()

  function remember(tag: string): void {
    if (recent.size >= TAGS_PER_GENERATION && !recent.has(tag)) {
      // What only `older` knew is forgotten now; whoever began before `recent` did cannot be told any more.
      allPurgedAt = recentSince
      older = recent
      recent = new Map()
      recentSince = time
    }
    recent.set(tag, time)
    typePurgedAt.set(typeOfTag(tag), time)
  }

  return {
    now: (): number => time,
    purge: (tags: readonly string[]): void => {
      time += 1
      for (const tag of tags) remember(tag)
    },
    purgeAll: (): void => {
      time += 1
      allPurgedAt = time
      recentSince = time
      older.clear()
      recent.clear()
    },
    hasPurgedSince: (tags: readonly string[], begunAt: number): boolean =>
      begunAt < allPurgedAt || tags.some((tag) => (recent.get(tag) ?? older.get(tag) ?? 0) > begunAt),
    hasPurgedTypesSince: (types: readonly string[], begunAt: number): boolean =>
      begunAt < allPurgedAt || types.some((type) => (typePurgedAt.get(type) ?? 0) > begunAt),
  }
}

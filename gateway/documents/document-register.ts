// The registered documents in force, from one set of manifests to the next.
import { hash as digest } from 'node:crypto'
import { measureDocument, type MeasuredDocument } from '../limits/measure-document.ts'

/** A document and the hash that names it. */
export interface NamedDocument extends MeasuredDocument {
  hash: string
  isRegistered: boolean
}

/**
 * How long a document is still executed after it was removed: pages that were open when a new web app was installed
 * still send theirs. For longer, list the former manifest too; to be rid of one at once, restart.
 */
const graceMs = 60 * 60 * 1_000

export interface DocumentRegister {
  /** By the hash its manifest gives, or by the SHA-256 of its text. */
  find(hash: string): NamedDocument | undefined
  /** Those of the last set: what is only still executed is not among them. */
  current(): Iterable<NamedDocument>
  /**
   * Puts another set in force; a document that stays is the same object as before. Throws, and changes nothing, when
   * one is over a limit, or when a hash that is known means another text: answers are remembered by it. Returns how
   * many came and went.
   */
  replace(texts: ReadonlyMap<string, string>): { added: number; removed: number }
}

/** `now` is in milliseconds. */
export function createDocumentRegister(now: () => number): DocumentRegister {
  let current = new Map<string, NamedDocument>()
  /** Of both kinds of hash; a document that was removed says since when. */
  const known = new Map<string, { document: NamedDocument; removedAt: number | null }>()

  function find(hash: string): NamedDocument | undefined {
    const entry = known.get(hash)
    if (!entry) return undefined
    if (entry.removedAt !== null && now() - entry.removedAt >= graceMs) {
      known.delete(hash)
      return undefined
    }
    return entry.document
  }

  return {
    find,
    current: () => current.values(),
    replace: (texts) => {
      const next = new Map<string, NamedDocument>()
      for (const [hash, source] of texts) {
        const before = find(hash)
        if (before && before.source !== source) throw new Error(`${hash} named another document before`)
        next.set(hash, before?.hash === hash ? before : measureRegistered(hash, source))
      }
      const added = [...next.keys()].filter((hash) => !current.has(hash)).length
      const removed = [...current.keys()].filter((hash) => !next.has(hash)).length
      for (const [hash, entry] of known) {
        entry.removedAt ??= now()
        find(hash)
      }
      for (const document of next.values()) {
        known.set(digest('sha256', document.source), { document, removedAt: null })
      }
      // After the texts' own: what a manifest says goes before.
      for (const [hash, document] of next) known.set(hash, { document, removedAt: null })
      current = next
      return { added, removed }
    },
  }
}

function measureRegistered(hash: string, source: string): NamedDocument {
  try {
    return { ...measureDocument(source), hash, isRegistered: true }
  } catch (error) {
    throw new Error(`The registered document ${hash} (${source.slice(0, 60)}…) is over a limit`, {
      cause: error,
    })
  }
}

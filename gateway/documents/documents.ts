// Which document a request means: by its text, by the hash of one that was registered, or, where free text is allowed,
// by the hash of one somebody sent before (automatic persisted queries).
import { hash as digest } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from '#platform/log/logger.ts'
import { Refusal } from '../http/refusal.ts'
import { measureDocument } from '../limits/measure-document.ts'
import { createDocumentRegister, type NamedDocument } from './document-register.ts'
import { readManifest } from './read-manifest.ts'
import { watchFiles } from './watch-files.ts'

/** Made with the web app: every document it ever sends. */
const webManifest = join(import.meta.dirname, '..', '..', 'web', 'generated', 'persisted-documents.json')

/** All texts kept because somebody sent them. Registered ones are kept besides, whatever their size. */
const keptCharacters = 10_000_000

export interface Documents {
  /**
   * The document of this text or hash, within the limits. Throws a Refusal: unknown hash, hash of another text, not
   * registered, too large. Undefined when the request names neither. An address (`/graphql/<hash>`) only ever names a
   * registered document.
   */
  resolve(named: {
    text: string | undefined
    hash: string | undefined
    isAddressed?: boolean
  }): NamedDocument | undefined
  /** Whether a registered document is named by this hash. */
  has(hash: string): boolean
  /** Those registered now. */
  registered(): Iterable<NamedDocument>
  /** Calls back whenever other documents were put in force, so that they can be prepared; they count already. */
  onChange(listener: () => void): void
  /** Watches no file any more. */
  close(): void
}

/**
 * Reads the manifests `files` (the web app's own when null; then it may be missing, since the web app need not be
 * built) and reads them again when one changes; while one does not read, the documents before stay in force. `given`
 * takes the place of all files. Throws when a manifest does not read, when a document in it is over a limit, or when
 * only registered documents are to be executed and there is none.
 */
export function openDocuments(options: {
  given?: ReadonlyMap<string, string> | null
  files?: readonly string[] | null
  isSafelisted: boolean
  log: Logger
  /** In milliseconds. */
  now?: () => number
  /**
   * How often files are looked at besides being watched: not every file system tells, network drives and some mounts do
   * not. 30 s when not given.
   */
  pollMs?: number
}): Documents {
  const { given, isSafelisted, log, pollMs = 30_000 } = options
  const files = given ? [] : (options.files ?? [webManifest])
  const register = createDocumentRegister(options.now ?? Date.now)
  const listeners: (() => void)[] = []

  function read(): Map<string, string> {
    const all = new Map<string, string>()
    for (const file of files) {
      for (const [hash, text] of readManifest(file)) {
        if ((all.get(hash) ?? text) !== text) throw new Error(`${hash} names two documents, one in ${file}`)
        all.set(hash, text)
      }
    }
    return all
  }

  function readFirst(): ReadonlyMap<string, string> {
    const isMissing = !options.files && !files.every((file) => existsSync(file))
    const first = given ?? (isMissing ? new Map<string, string>() : read())
    if (isSafelisted && first.size === 0) {
      throw new Error('SAFELIST is on and no document is registered: build the web app first.')
    }
    return first
  }

  function reload(): void {
    try {
      const texts = read()
      if (isSafelisted && texts.size === 0) throw new Error('No document is registered any more')
      const { added, removed } = register.replace(texts)
      if (added + removed === 0) return
      log.info({ added, removed, registered: texts.size }, 'other documents are registered')
    } catch (error) {
      log.error({ err: error }, 'the registered documents stay as they were')
      return
    }
    for (const listener of listeners) listener()
  }

  // Watched before they are read: what is written meanwhile is read again.
  const watcher = files.length > 0 ? watchFiles(files, pollMs, reload) : null
  try {
    register.replace(readFirst())
  } catch (error) {
    watcher?.close()
    throw error
  }
  const sent = createSentDocuments()

  return {
    has: (hash) => register.find(hash) !== undefined,
    registered: () => register.current(),
    onChange: (listener) => {
      listeners.push(listener)
    },
    close: () => {
      watcher?.close()
    },
    resolve: ({ text, hash, isAddressed = false }) => {
      const own = text === undefined ? undefined : digest('sha256', text)
      const key = own ?? hash
      if (key === undefined) return undefined
      if (isAddressed && (hash === undefined || !register.find(hash))) {
        throw new Refusal(404, 'PERSISTED_QUERY_NOT_IN_LIST', 'No document is registered at this address.')
      }
      const known = register.find(key) ?? (isSafelisted ? undefined : sent.find(key))
      const isOtherText = hash !== undefined && hash !== key && (!known || register.find(hash) !== known)
      if (isOtherText) {
        throw new Refusal(400, 'PERSISTED_QUERY_HASH_MISMATCH', 'This hash is not the hash of this document.')
      }
      if (known) return known
      if (isSafelisted) {
        throw new Refusal(400, 'PERSISTED_QUERY_NOT_IN_LIST', 'Only registered documents are executed here.')
      }
      // Apollo clients know these words, and answer by sending the text; status 200 is part of the convention.
      if (text === undefined) throw new Refusal(200, 'PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound')
      return sent.keep(key, text)
    },
  }
}

/** What clients sent, the oldest forgotten first. */
function createSentDocuments() {
  const documents = new Map<string, NamedDocument>()
  let characters = 0
  return {
    find: (hash: string) => documents.get(hash),
    keep: (hash: string, text: string): NamedDocument => {
      const document = { ...measureDocument(text), hash, isRegistered: false }
      documents.set(hash, document)
      characters += text.length
      for (const [oldest, { source }] of documents) {
        if (characters <= keptCharacters) break
        documents.delete(oldest)
        characters -= source.length
      }
      return document
    },
  }
}

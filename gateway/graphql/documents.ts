// Which document a request means: by its text, by the hash of one that was registered when the web app was built, or,
// where free text is allowed, by the hash of one somebody sent before (automatic persisted queries).
import { createHash } from 'node:crypto'
import { Refusal } from '../http/refusal.ts'
import { measureDocument, type MeasuredDocument } from '../limits/measure-document.ts'

/** All texts kept because somebody sent them. Registered ones are kept besides, whatever their size. */
const keptCharacters = 10_000_000

export interface Documents {
  /**
   * The document of this text or hash, within the limits. Throws a Refusal: unknown hash, hash of another text, not
   * registered, too large. Undefined when the request names neither.
   */
  resolve(named: { text: string | undefined; hash: string | undefined }): MeasuredDocument | undefined
  isRegistered(hash: string): boolean
}

/** `registered` maps the hash a client sends to the text; the text's own SHA-256 names it too. */
export function createDocuments(options: {
  registered: ReadonlyMap<string, string>
  isSafelisted: boolean
}): Documents {
  const registered = new Map<string, MeasuredDocument>()
  for (const [hash, text] of options.registered) {
    const document = measureRegistered(hash, text)
    registered.set(hash, document)
    registered.set(sha256(text), document)
  }
  const sent = new Map<string, MeasuredDocument>()
  let sentCharacters = 0

  function keep(hash: string, document: MeasuredDocument): void {
    sent.set(hash, document)
    sentCharacters += document.source.length
    for (const [oldest, { source }] of sent) {
      if (sentCharacters <= keptCharacters) break
      sent.delete(oldest)
      sentCharacters -= source.length
    }
  }

  return {
    isRegistered: (hash) => registered.has(hash),
    resolve: ({ text, hash }) => {
      const key = text === undefined ? hash : sha256(text)
      if (key === undefined) return undefined
      const known = registered.get(key) ?? (options.isSafelisted ? undefined : sent.get(key))
      const isOtherText = hash !== undefined && hash !== key && (!known || registered.get(hash) !== known)
      if (isOtherText) {
        throw new Refusal(400, 'PERSISTED_QUERY_HASH_MISMATCH', 'This hash is not the hash of this document.')
      }
      if (known) return known
      if (options.isSafelisted) {
        throw new Refusal(400, 'PERSISTED_QUERY_NOT_IN_LIST', 'Only registered documents are executed here.')
      }
      // Apollo clients know these words, and answer by sending the text; status 200 is part of the convention.
      if (text === undefined) throw new Refusal(200, 'PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound')
      const document = measureDocument(text)
      keep(key, document)
      return document
    },
  }
}

function measureRegistered(hash: string, text: string): MeasuredDocument {
  try {
    return measureDocument(text)
  } catch (error) {
    throw new Error(`The registered document ${hash} (${text.slice(0, 60)}…) is over a limit`, {
      cause: error,
    })
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

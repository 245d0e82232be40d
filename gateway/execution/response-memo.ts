/** The texts of objects that one response has in several places: an author of fifty reviews is written once. */
export interface ResponseMemo {
  /** The object's text, when it was written before in this response. */
  find: (object: object) => string | undefined
  /** Remembers a text, and returns it. */
  keep: (object: object, text: string) => string
  /** Ends a response. */
  clear: () => void
}

// Where fewer than one object in five comes twice, looking them up costs more than it saves.
const missesOfTrial = 200
const missesPerHit = 4

/** Made once for each selection of an operation; gives up for good where objects do not repeat. */
export function createResponseMemo(): ResponseMemo {
  let texts: Map<object, string> | null = null
  let isOn = true
  let hits = 0
  let misses = 0

  return {
    find: (object) => {
      const text = texts?.get(object)
      if (text === undefined) return undefined
      hits += 1
      // A concatenation is a tree until one of its characters is read. Made flat, the text is copied in one go wherever
      // it stands: 30 instead of 52 µs for a 49 kB response of few objects. A reading of no consequence would be
      // optimised away; each text begins with a brace.
      return text.startsWith('{') ? text : undefined
    },
    keep: (object, text) => {
      if (!isOn) return text
      misses += 1
      if (misses > missesOfTrial && hits * missesPerHit < misses) {
        isOn = false
        texts = null
        return text
      }
      texts ??= new Map()
      texts.set(object, text)
      return text
    },
    clear: () => {
      texts = null
    },
  }
}

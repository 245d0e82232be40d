import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CacheEntry, Representation } from './cache-entry.ts'
import { chooseEncoding } from './choose-encoding.ts'
import { createCompressor } from './compressor.ts'
import type { MemoryTier } from './memory-tier.ts'

export interface RawAnswer {
  /**
   * Answers a GET or HEAD whose raw address is a fresh hit in memory, at once; false when it is anything else, and
   * then nothing has been touched. Comes before everything: no URL is parsed, no JSON, nothing waits.
   */
  answer(request: IncomingMessage, response: ServerResponse): boolean
  /** Sends an entry that was found another way (304 when the client has it already). */
  send(request: IncomingMessage, response: ServerResponse, entry: CacheEntry): void
  /** How many requests `answer` has answered. */
  readonly hits: number
}

export function createRawAnswer(options: { memory: MemoryTier }): RawAnswer {
  const { memory } = options
  const represent = createCompressor(memory)
  let hits = 0

  function send(request: IncomingMessage, response: ServerResponse, entry: CacheEntry): void {
    const { headers, method } = request
    const representation = represent(entry, chooseEncoding(headers['accept-encoding']))
    const known = headers['if-none-match']
    // For other methods the header means something else, and 304 is no answer.
    if (known !== undefined && method !== 'POST' && isKnown(known, representation)) {
      response.writeHead(304, representation.notModifiedHeaders)
      response.end()
      return
    }
    response.writeHead(200, representation.headers)
    response.end(representation.payload, 'latin1')
  }

  return {
    answer: (request, response) => {
      const { method } = request
      if (method !== 'GET' && method !== 'HEAD') return false
      const entry = memory.findFresh(request.url ?? '')
      if (entry === undefined || !acceptsJson(request.headers.accept)) return false
      hits += 1
      send(request, response, entry)
      return true
    },
    send,
    get hits() {
      return hits
    },
  }
}

/** Weak comparison, as `If-None-Match` wants it: the quotes are part of the tag, so a list or `W/` around it does not matter. */
function isKnown(known: string, { etag }: Representation): boolean {
  return known === etag || known.includes(etag) || known === '*'
}

const mayBeJson = /\*\/\*|application\/(?:json|\*)/i

function acceptsJson(accept: string | undefined): boolean {
  return accept === undefined || accept === '*/*' || mayBeJson.test(accept)
}

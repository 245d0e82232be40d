import type { IncomingMessage, ServerResponse } from 'node:http'
import type { KeptAnswers } from '../cache/open-kept-answers.ts'
import type { Filled } from '../cache/response-cache.ts'
import type { Documents } from '../documents/documents.ts'

const address = '/graphql/'
const hashLength = 64

/**
 * Answers a GET of a registered document's address from Redis, when a fresh answer is there: what is kept under an
 * address has been checked, admitted and reckoned when it was made. Everything else goes on to `otherwise`, as it came.
 */
export function createSharedAnswer<F extends Filled>(options: {
  kept: KeptAnswers<F>
  documents: Documents
  otherwise: (request: IncomingMessage, response: ServerResponse) => void
}) {
  const { kept, documents, otherwise } = options
  return (request: IncomingMessage, response: ServerResponse): void => {
    const { method, url = '' } = request
    const isAddressed =
      method === 'GET' &&
      url.startsWith(address) &&
      documents.has(url.slice(address.length, address.length + hashLength))
    if (!isAddressed) {
      otherwise(request, response)
      return
    }
    void kept.cache.findShared(url).then((entry) => {
      if (entry) kept.raw.send(request, response, entry)
      else otherwise(request, response)
    })
  }
}

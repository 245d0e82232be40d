import type { Encoding } from './cache-entry.ts'

/** Clients send a handful of different headers; somebody who makes up new ones must not fill our memory. */
const REMEMBERED = 200
const remembered = new Map<string, Encoding>()

/**
 * The encoding to answer with, by the `Accept-Encoding` header: the one the client likes most of those we make, and of
 * equals the smallest. `identity` for who accepts none of them, as RFC 9110 allows.
 */
export function chooseEncoding(accepted: string | undefined): Encoding {
  if (accepted === undefined) return 'identity'
  const known = remembered.get(accepted)
  if (known !== undefined) return known
  const encoding = parse(accepted)
  if (remembered.size >= REMEMBERED) remembered.clear()
  remembered.set(accepted, encoding)
  return encoding
}

function parse(accepted: string): Encoding {
  const weights = new Map<string, number>()
  for (const part of accepted.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))
    weights.set(name === 'x-gzip' ? 'gzip' : name, weight === undefined ? 1 : Number(weight.slice(2)) || 0)
  }
  const weightOf = (encoding: Encoding): number => weights.get(encoding) ?? weights.get('*') ?? 0
  // Only who names identity says how much it is liked; else it is what remains.
  const atLeast = Math.max(weights.get('identity') ?? 0, Number.MIN_VALUE)
  if (weightOf('br') >= weightOf('gzip') && weightOf('br') >= atLeast) return 'br'
  return weightOf('gzip') >= atLeast ? 'gzip' : 'identity'
}

import { type Answer, badRequest, refuse } from './answer.ts'

/**
 * Stripe's idempotency keys: the first answer is repeated for a key, whatever it was; another request under it is refused;
 * while the first is under way the key is busy. `settle` takes what the first request was answered. What was refused before
 * anything was worked on does not come here.
 */
export function createKeptAnswers() {
  const kept = new Map<string, { fingerprint: string; answer: Answer | null }>()
  return {
    /** The answer that is due at once, or null when the request is to be worked on. */
    find: (key: string, fingerprint: string): Answer | null => {
      const known = kept.get(key)
      if (!known) {
        kept.set(key, { fingerprint, answer: null })
        return null
      }
      if (known.fingerprint !== fingerprint) {
        const message = 'Keys for idempotent requests can only be used with the same parameters.'
        return refuse(400, { type: 'idempotency_error', message })
      }
      if (!known.answer) {
        const message = 'There is currently another in-progress request using this key.'
        return refuse(409, { type: 'idempotency_error', code: 'idempotency_key_in_use', message })
      }
      return { ...known.answer, headers: { 'idempotent-replayed': 'true' } }
    },
    settle: (key: string, answer: Answer): void => {
      const known = kept.get(key)
      if (known) known.answer = answer
    },
    /** A day has passed. */
    forget: (): void => {
      kept.clear()
    },
  }
}

export function missingKey(): Answer {
  return badRequest('idempotency_key_missing', 'The stand-in wants a key with everything that moves money.')
}

import { type Answer, refuse } from './answer.ts'

export type Trouble =
  /** Nothing is done, and the connection breaks. */
  | 'fails-before'
  /** The work is done, and the connection breaks before the answer. */
  | 'answer-lost'
  /** The work is done, the answer is a 500, and the same 500 is saved under the key. */
  | 'saved-500'
  /** Nothing is done, the answer is a 500, and the same 500 is saved under the key. */
  | 'idle-500'
  /** Nothing is done; too many requests. */
  | 'rate-limited'

/** What goes wrong next, of the requests that make or move something. */
export function createFaults() {
  let trouble: { kind: Trouble; times: number } | null = null
  let retryAfter = 0
  let gate: Promise<void> | null = null
  return {
    /** `retryAfterSeconds`: what Stripe says when it is too much. */
    cause: (kind: Trouble, times = 1, retryAfterSeconds = 0): void => {
      trouble = { kind, times }
      retryAfter = retryAfterSeconds
    },
    take: (): Trouble | null => {
      if (!trouble || trouble.times === 0) return null
      trouble.times -= 1
      return trouble.kind
    },
    tooMany: (): Answer => ({
      ...refuse(429, { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests.' }),
      headers: { 'retry-after': String(retryAfter) },
    }),
    /** Requests are worked on and answered only when the returned function is called. */
    hold: (): (() => void) => {
      let open: () => void = () => undefined
      gate = new Promise((resolve) => {
        open = resolve
      })
      return () => {
        gate = null
        open()
      }
    },
    pass: async (): Promise<void> => {
      if (gate) await gate
    },
  }
}

export function internalError(): Answer {
  return refuse(500, { type: 'api_error', message: 'Something went wrong on Stripe’s end.' })
}

import Stripe from 'stripe'
import { seconds, type Books, type HappenedEvent } from './stand-in-books.ts'
import type { Show } from './stand-in-objects.ts'

export interface Delivery {
  /** How often each comes. */
  times?: number
  /** In which order they come: gets and returns them. */
  order?: (events: HappenedEvent[]) => HappenedEvent[]
  /** Which are lost for ever. */
  isLost?: (event: HappenedEvent) => boolean
}

export interface SignedWebhook {
  body: Buffer
  headers: Record<string, string>
}

/** Brings what has happened to the house's webhook route, signed, as often and in the order the test wants it. */
export function createWebhooks(books: Books, show: Show) {
  const signer = new Stripe('sk_test_of_nobody')
  let sent = 0

  /** With a `v1` for each secret, as while a secret is being changed. */
  function sign(event: HappenedEvent, secrets: readonly string[]): SignedWebhook {
    const payload = JSON.stringify(show.event(event))
    const timestamp = seconds(books)
    const signatures = secrets.map((secret) =>
      signer.webhooks.generateTestHeaderString({ payload, secret, timestamp }).replace(/^t=\d+,/, ''),
    )
    const header = [`t=${timestamp}`, ...signatures].join(',')
    return {
      body: Buffer.from(payload),
      headers: { 'stripe-signature': header, 'content-type': 'application/json' },
    }
  }

  return {
    sign,
    /** Sends what has happened since the last time; resolves to the house's answers. */
    post: async (url: string, secret: string, delivery: Delivery = {}): Promise<number[]> => {
      const { times = 1, order, isLost } = delivery
      const kept = books.events.slice(sent).filter((event) => !isLost?.(event))
      const due = kept.flatMap((event) => Array.from({ length: times }, () => event))
      sent = books.events.length
      const answers: number[] = []
      for (const event of order?.(due) ?? due) {
        const { body, headers } = sign(event, [secret])
        const response = await fetch(url, { method: 'POST', headers, body: new Uint8Array(body) })
        await response.arrayBuffer()
        answers.push(response.status)
      }
      return answers
    },
  }
}

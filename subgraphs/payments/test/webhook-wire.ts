import type { IncomingMessage } from 'node:http'
import { listen } from '#platform/server/http-server.ts'

export interface SentWebhook {
  body: Buffer
  headers: Record<string, string>
}

/** The wire between the sandbox and the house: passes webhooks on over HTTP, and keeps a copy of each. */
export async function openWebhookWire() {
  let target = ''
  const sent: SentWebhook[] = []
  let isCut = false
  const server = await listen(
    (request, response) => {
      void pass(request).then((status) => {
        response.writeHead(status).end()
      })
    },
    { port: 0 },
  )

  async function pass(request: IncomingMessage): Promise<number> {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    if (isCut) return 503
    const webhook = {
      body: Buffer.concat(chunks),
      headers: {
        'content-type': 'application/json',
        'sandbox-signature': String(request.headers['sandbox-signature']),
      },
    }
    sent.push(webhook)
    return (await deliver(webhook)).status
  }

  async function deliver(webhook: SentWebhook): Promise<Response> {
    return await fetch(`${target}/webhooks/sandbox`, {
      method: 'POST',
      headers: webhook.headers,
      body: new Uint8Array(webhook.body),
    })
  }

  return {
    url: `${server.url}/webhooks`,
    sent,
    /** What the sandbox sends from now on reaches this house. */
    connect: (url: string) => {
      target = url
    },
    /** Nothing gets through until it is mended. */
    cut: () => {
      isCut = true
    },
    mend: () => {
      isCut = false
    },
    deliver,
    close: () => server.stop(0),
  }
}

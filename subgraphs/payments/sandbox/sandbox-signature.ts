import { createHmac, timingSafeEqual } from 'node:crypto'

/** How old a webhook may be when it comes; a repeated one is signed anew. */
const toleranceSeconds = 300

function digest(secret: string, seconds: number, body: Buffer): Buffer {
  return createHmac('sha256', secret).update(`${seconds}.`).update(body).digest()
}

/** `t=<seconds>,v1=<HMAC over time and body>`, as Stripe signs. */
export function signSandboxWebhook(secret: string, body: Buffer, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000)
  return `t=${seconds},v1=${digest(secret, seconds, body).toString('hex')}`
}

/** Whether the secret's holder signed exactly these bytes within the last five minutes. */
export function verifySandboxWebhook(secret: string, body: Buffer, header: unknown, now: Date): boolean {
  const match = typeof header === 'string' ? /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header) : null
  if (!match) return false
  const seconds = Number(match[1])
  if (Math.abs(now.getTime() / 1000 - seconds) > toleranceSeconds) return false
  return timingSafeEqual(Buffer.from(match[2] ?? '', 'hex'), digest(secret, seconds, body))
}

import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Clock } from '#platform/time/clock.ts'
import type { CaptureMethod, NewCapture, NewIntent, NewRefund, PaymentProvider } from './payment-provider.ts'

/** A provider, and the world around it that a test plays. */
export interface ProviderWorld {
  provider: PaymentProvider
  clock: Clock & { advance(ms: number): void }
  /** A shopper's card is charged. */
  succeed(reference: string, clientSecret: string): Promise<void>
  /** A shopper's card is declined for want of funds. */
  decline(reference: string, clientSecret: string): Promise<void>
  askShopper(reference: string, clientSecret: string): Promise<void>
  /** A charge is under way and not done. */
  process(reference: string, clientSecret: string): Promise<void>
  /** A good card, and what comes of it later: at the first `next`, and at last. */
  succeedWith: Record<Course, (reference: string, clientSecret: string) => Promise<void>>
  next(): Promise<void>
  afterAll(): Promise<void>
  /** What a provider that forgets its keys does after a day. */
  forgetKeys?(): void
  /** The last webhook about the intent, as it would come over the wire. */
  webhook(reference: string): Promise<{ body: Buffer; headers: IncomingHttpHeaders }>
  close(): Promise<void>
}

type Course =
  | 'a hold that lapses'
  | 'a refund that takes its time'
  | 'a refund that is sent back'
  | 'a dispute that is lost'
  | 'a dispute that is won'

/** What the promises of a provider are tried with. */
export type Desk = ReturnType<typeof createDesk>

export function createDesk(world: ProviderWorld) {
  const { provider, clock } = world
  const newIntent = (captureMethod: CaptureMethod = 'automatic'): NewIntent => ({
    transactionId: randomUUID(),
    orderId: randomUUID(),
    orderNumber: 'FR-1',
    currency: 'EUR',
    amountMinor: 129_500n,
    captureMethod,
    returnPath: '/en/FR/checkout',
    idempotencyKey: randomUUID(),
    begunAt: clock.now(),
  })

  async function begin(captureMethod?: CaptureMethod) {
    const intent = newIntent(captureMethod)
    return { intent, ...(await provider.createIntent(intent)) }
  }

  const typesOf = async (reference: string) =>
    (await provider.retrieve(reference)).facts.map(({ type }) => type)

  async function hold() {
    const begun = await begin('manual')
    await world.succeed(begun.reference, begun.clientSecret)
    return begun
  }

  const captureOf = (reference: string, amountMinor: bigint): NewCapture => ({
    reference,
    amountMinor,
    currency: 'EUR',
    idempotencyKey: randomUUID(),
  })

  const refundOf = (reference: string, amountMinor: bigint): NewRefund => ({
    ...captureOf(reference, amountMinor),
    begunAt: clock.now(),
  })

  const factsOf = async (reference: string) =>
    (await provider.retrieve(reference)).facts.map(({ type, amountMinor }) => [type, amountMinor])

  return { ...world, newIntent, begin, hold, captureOf, refundOf, factsOf, typesOf }
}

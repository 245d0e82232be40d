import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type NewIntent,
  type PaymentProvider,
  ProviderRefused,
  SignatureInvalid,
} from './payment-provider.ts'

/** A provider, and the world around it that a test plays. */
export interface ProviderWorld {
  provider: PaymentProvider
  /** A shopper's card is charged. */
  succeed(reference: string, clientSecret: string): Promise<void>
  /** A shopper's card is declined for want of funds. */
  decline(reference: string, clientSecret: string): Promise<void>
  askShopper(reference: string, clientSecret: string): Promise<void>
  /** A charge is under way and not done. */
  process(reference: string, clientSecret: string): Promise<void>
  /** The last webhook about the intent, as it would come over the wire. */
  webhook(reference: string): Promise<{ body: Buffer; headers: IncomingHttpHeaders }>
  close(): Promise<void>
}

/** What every payment provider promises. */
export function paymentProviderContract(name: string, open: () => Promise<ProviderWorld>): void {
  describe(name, () => {
    let world: ProviderWorld
    let provider: PaymentProvider

    beforeAll(async () => {
      world = await open()
      provider = world.provider
    })
    afterAll(async () => {
      await world.close()
    })

    const newIntent = (): NewIntent => ({
      transactionId: randomUUID(),
      orderId: randomUUID(),
      orderNumber: 'FR-1',
      currency: 'EUR',
      amountMinor: 129_500n,
      captureMethod: 'automatic',
      returnPath: '/en/FR/checkout',
      idempotencyKey: randomUUID(),
      begunAt: new Date(),
    })

    async function begin() {
      const intent = newIntent()
      return { intent, ...(await provider.createIntent(intent)) }
    }

    const typesOf = async (reference: string) =>
      (await provider.retrieve(reference)).facts.map(({ type }) => type)

    test('the same key makes one intent, also ten times at once', async () => {
      const intent = newIntent()
      const made = await Promise.all(Array.from({ length: 10 }, () => provider.createIntent(intent)))
      expect(new Set(made.map(({ reference }) => reference)).size).toBe(1)
      expect(new Set(made.map(({ clientSecret }) => clientSecret)).size).toBe(1)
    })

    test('an intent knows our transaction, and nothing has happened to it', async () => {
      const { intent, reference } = await begin()
      expect(await provider.retrieve(reference)).toEqual({
        reference,
        transactionId: intent.transactionId,
        facts: [],
        disputes: [],
      })
    })

    test('a charge is told with its amount, and with one reference however often it is asked', async () => {
      const { reference, clientSecret } = await begin()
      await world.succeed(reference, clientSecret)
      const [first] = (await provider.retrieve(reference)).facts
      const [second] = (await provider.retrieve(reference)).facts
      expect(first).toMatchObject({ type: 'CHARGE_SUCCESS', currency: 'EUR', amountMinor: 129_500n })
      expect(second?.pspReference).toBe(first?.pspReference)
    })

    test('a refusal is told with its code and a sentence', async () => {
      const { reference, clientSecret } = await begin()
      await world.decline(reference, clientSecret)
      const [fact] = (await provider.retrieve(reference)).facts
      expect(fact).toMatchObject({ type: 'CHARGE_FAILURE', code: 'insufficient_funds' })
      expect(fact?.message).toMatch(/\w/)
    })

    test('what waits for the shopper and what is under way are told apart', async () => {
      const first = await begin()
      await world.askShopper(first.reference, first.clientSecret)
      expect(await typesOf(first.reference)).toEqual(['CHARGE_ACTION_REQUIRED'])
      const second = await begin()
      await world.process(second.reference, second.clientSecret)
      expect(await typesOf(second.reference)).toEqual(['CHARGE_REQUEST'])
    })

    test('calling off is told, also the second time', async () => {
      const { reference } = await begin()
      expect((await provider.cancel(reference)).facts.map(({ type }) => type)).toEqual(['CANCEL_SUCCESS'])
      expect((await provider.cancel(reference)).facts.map(({ type }) => type)).toEqual(['CANCEL_SUCCESS'])
    })

    test('calling off what is charged tells the charge', async () => {
      const { reference, clientSecret } = await begin()
      await world.succeed(reference, clientSecret)
      expect((await provider.cancel(reference)).facts.map(({ type }) => type)).toEqual(['CHARGE_SUCCESS'])
    })

    test('what is just being charged is not called off', async () => {
      const { reference, clientSecret } = await begin()
      await world.process(reference, clientSecret)
      expect((await provider.cancel(reference)).facts.map(({ type }) => type)).toEqual(['CHARGE_REQUEST'])
    })

    test('the same key gives money back once', async () => {
      const { reference, clientSecret } = await begin()
      await world.succeed(reference, clientSecret)
      const refund = {
        reference,
        amountMinor: 129_500n,
        currency: 'EUR',
        idempotencyKey: randomUUID(),
        begunAt: new Date(),
      }
      const first = await provider.refund(refund)
      expect(first.facts).toMatchObject([{ type: 'REFUND_SUCCESS', amountMinor: 129_500n }])
      expect((await provider.refund(refund)).refundReference).toBe(first.refundReference)
      const another = { ...refund, idempotencyKey: randomUUID() }
      await expect(provider.refund(another)).rejects.toThrow(ProviderRefused)
    })

    test('what it does not know it refuses for good', async () => {
      await expect(provider.retrieve('pi_unknown')).rejects.toThrow(ProviderRefused)
      await expect(provider.cancel('pi_unknown')).rejects.toThrow(ProviderRefused)
    })

    test('a webhook tells what asking tells', async () => {
      const { intent, reference, clientSecret } = await begin()
      await world.succeed(reference, clientSecret)
      const { body, headers } = await world.webhook(reference)
      const notice = provider.read(JSON.parse(body.toString()))
      const asked = await provider.retrieve(reference)
      expect(notice.report).toMatchObject({ reference, transactionId: intent.transactionId })
      expect(notice.report?.facts[0]?.pspReference).toBe(asked.facts[0]?.pspReference)
      expect(provider.verify(body, headers)).toEqual({ id: notice.id, type: notice.type })
    })

    test('changed bytes, another signature or none are refused', async () => {
      const { reference, clientSecret } = await begin()
      await world.succeed(reference, clientSecret)
      const { body, headers } = await world.webhook(reference)
      const changed = Buffer.from(body.toString().replace('129500', '100'))
      expect(() => provider.verify(changed, headers)).toThrow(SignatureInvalid)
      expect(() => provider.verify(body, {})).toThrow(SignatureInvalid)
      const header = Object.keys(headers)[0] ?? ''
      expect(() => provider.verify(body, { [header]: 't=1,v1=00' })).toThrow(SignatureInvalid)
    })
  })
}

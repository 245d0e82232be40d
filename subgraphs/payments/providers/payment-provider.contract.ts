import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { holdAndCaptureContract } from './hold-and-capture.contract.ts'
import { moneyBackContract } from './money-back.contract.ts'
import { ProviderRefused, SignatureInvalid } from './payment-provider.ts'
import { createDesk, type Desk, type ProviderWorld } from './provider-world.contract.ts'

/** What every payment provider promises. */
export function paymentProviderContract(name: string, open: () => Promise<ProviderWorld>): void {
  describe(name, () => {
    let desk: Desk

    beforeAll(async () => {
      desk = createDesk(await open())
    })
    afterAll(async () => {
      await desk.close()
    })

    test('the same key makes one intent, also ten times at once', async () => {
      const intent = desk.newIntent()
      const made = await Promise.all(Array.from({ length: 10 }, () => desk.provider.createIntent(intent)))
      expect(new Set(made.map(({ reference }) => reference)).size).toBe(1)
      expect(new Set(made.map(({ clientSecret }) => clientSecret)).size).toBe(1)
    })

    test('an intent knows our transaction, and nothing has happened to it', async () => {
      const { intent, reference } = await desk.begin()
      expect(await desk.provider.retrieve(reference)).toEqual({
        reference,
        transactionId: intent.transactionId,
        facts: [],
        disputes: [],
      })
    })

    test('a charge is told with its amount, and with one reference however often it is asked', async () => {
      const { reference, clientSecret } = await desk.begin()
      await desk.succeed(reference, clientSecret)
      const [first] = (await desk.provider.retrieve(reference)).facts
      const [second] = (await desk.provider.retrieve(reference)).facts
      expect(first).toMatchObject({ type: 'CHARGE_SUCCESS', currency: 'EUR', amountMinor: 129_500n })
      expect(second?.pspReference).toBe(first?.pspReference)
    })

    test('a refusal is told with its code and a sentence', async () => {
      const { reference, clientSecret } = await desk.begin()
      await desk.decline(reference, clientSecret)
      const [fact] = (await desk.provider.retrieve(reference)).facts
      expect(fact).toMatchObject({ type: 'CHARGE_FAILURE', code: 'insufficient_funds' })
      expect(fact?.message).toMatch(/\w/)
    })

    test('what waits for the shopper and what is under way are told apart', async () => {
      const first = await desk.begin()
      await desk.askShopper(first.reference, first.clientSecret)
      expect(await desk.typesOf(first.reference)).toEqual(['CHARGE_ACTION_REQUIRED'])
      const second = await desk.begin()
      await desk.process(second.reference, second.clientSecret)
      expect(await desk.typesOf(second.reference)).toEqual(['CHARGE_REQUEST'])
    })

    test('calling off is told, also the second time', async () => {
      const { reference } = await desk.begin()
      expect((await desk.provider.cancel(reference)).facts.map(({ type }) => type)).toEqual([
        'CANCEL_SUCCESS',
      ])
      expect((await desk.provider.cancel(reference)).facts.map(({ type }) => type)).toEqual([
        'CANCEL_SUCCESS',
      ])
    })

    test('calling off what is charged tells the charge', async () => {
      const { reference, clientSecret } = await desk.begin()
      await desk.succeed(reference, clientSecret)
      expect((await desk.provider.cancel(reference)).facts.map(({ type }) => type)).toEqual([
        'CHARGE_SUCCESS',
      ])
    })

    test('what is just being charged is not called off', async () => {
      const { reference, clientSecret } = await desk.begin()
      await desk.process(reference, clientSecret)
      expect((await desk.provider.cancel(reference)).facts.map(({ type }) => type)).toEqual([
        'CHARGE_REQUEST',
      ])
    })

    test('the list tells what webhooks tell, page by page, each event once', async () => {
      const since = desk.clock.now()
      const make = async () => {
        const { reference, clientSecret } = await desk.begin()
        await desk.succeed(reference, clientSecret)
        await desk.provider.refund(desk.refundOf(reference, 1_000n))
        return reference
      }
      const made = await Promise.all(Array.from({ length: 51 }, make))
      desk.clock.advance(1_000)
      const until = desk.clock.now()
      const found: { id: string; payload: unknown }[] = []
      let pages = 0
      let after: string | null = null
      do {
        const page = await desk.provider.listEvents({ since, until, after })
        expect(page.events.length).toBeLessThanOrEqual(100)
        found.push(...page.events)
        pages += 1
        after = page.next
      } while (after !== null)
      expect(pages).toBe(2)
      expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
      const told = found.map(({ payload }) => desk.provider.read(payload).report)
      const chargesOf = (reference: string) =>
        told.filter(
          (report) =>
            report?.reference === reference && report.facts.some(({ type }) => type === 'CHARGE_SUCCESS'),
        )
      expect(made.map((reference) => chargesOf(reference).length)).toEqual(made.map(() => 1))
      const none = await desk.provider.listEvents({
        since: until,
        until: new Date(until.getTime() + 1_000),
        after,
      })
      expect(none).toEqual({ events: [], next: null })
    })

    holdAndCaptureContract(() => desk)
    moneyBackContract(() => desk)

    test('what it does not know it refuses for good', async () => {
      await expect(desk.provider.retrieve('pi_unknown')).rejects.toThrow(ProviderRefused)
      await expect(desk.provider.cancel('pi_unknown')).rejects.toThrow(ProviderRefused)
    })

    test('a webhook tells what asking tells', async () => {
      const { intent, reference, clientSecret } = await desk.begin()
      await desk.succeed(reference, clientSecret)
      const { body, headers } = await desk.webhook(reference)
      const notice = desk.provider.read(JSON.parse(body.toString()))
      const asked = await desk.provider.retrieve(reference)
      expect(notice.report).toMatchObject({ reference, transactionId: intent.transactionId })
      expect(notice.report?.facts[0]?.pspReference).toBe(asked.facts[0]?.pspReference)
      expect(desk.provider.verify(body, headers)).toEqual({ id: notice.id, type: notice.type })
    })

    test('changed bytes, another signature or none are refused', async () => {
      const { reference, clientSecret } = await desk.begin()
      await desk.succeed(reference, clientSecret)
      const { body, headers } = await desk.webhook(reference)
      const changed = Buffer.from(body.toString().replace('129500', '100'))
      expect(() => desk.provider.verify(changed, headers)).toThrow(SignatureInvalid)
      expect(() => desk.provider.verify(body, {})).toThrow(SignatureInvalid)
      const header = Object.keys(headers)[0] ?? ''
      expect(() => desk.provider.verify(body, { [header]: 't=1,v1=00' })).toThrow(SignatureInvalid)
    })
  })
}

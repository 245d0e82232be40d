import { expect, test } from 'vitest'
import { ProviderRefused } from './payment-provider.ts'
import type { Desk } from './provider-world.contract.ts'

/** What every provider promises about refunds and disputes. */
export function moneyBackContract(openDesk: () => Desk): void {
  test('the same key gives money back once', async () => {
    const desk = openDesk()
    const { reference, clientSecret } = await desk.begin()
    await desk.succeed(reference, clientSecret)
    const refund = desk.refundOf(reference, 129_500n)
    const first = await desk.provider.refund(refund)
    expect(first.facts).toMatchObject([{ type: 'REFUND_SUCCESS', amountMinor: 129_500n }])
    expect((await desk.provider.refund(refund)).refundReference).toBe(first.refundReference)
    await expect(desk.provider.refund(desk.refundOf(reference, 129_500n))).rejects.toThrow(ProviderRefused)
  })

  test('parts are given back until nothing is left, and asking tells each', async () => {
    const desk = openDesk()
    const { reference, clientSecret } = await desk.begin()
    await desk.succeed(reference, clientSecret)
    await desk.provider.refund(desk.refundOf(reference, 29_500n))
    await expect(desk.provider.refund(desk.refundOf(reference, 100_001n))).rejects.toThrow(ProviderRefused)
    await desk.provider.refund(desk.refundOf(reference, 100_000n))
    const refunds = (await desk.factsOf(reference)).filter(([type]) => type === 'REFUND_SUCCESS')
    expect(new Set(refunds.map(([, amountMinor]) => amountMinor))).toEqual(new Set([29_500n, 100_000n]))
  })

  test('a key that the provider has forgotten gives nothing back a second time', async () => {
    const desk = openDesk()
    const { reference, clientSecret } = await desk.begin()
    await desk.succeed(reference, clientSecret)
    const refund = desk.refundOf(reference, 29_500n)
    const first = await desk.provider.refund(refund)
    desk.forgetKeys?.()
    desk.clock.advance(25 * 60 * 60_000)
    expect((await desk.provider.refund(refund)).refundReference).toBe(first.refundReference)
    expect((await desk.factsOf(reference)).filter(([type]) => type === 'REFUND_SUCCESS')).toHaveLength(1)
  })

  test('a refund under way tells nothing until it is done', async () => {
    const desk = openDesk()
    const { reference, clientSecret } = await desk.begin()
    await desk.succeedWith['a refund that takes its time'](reference, clientSecret)
    const refund = desk.refundOf(reference, 29_500n)
    expect((await desk.provider.refund(refund)).facts).toEqual([])
    await desk.next()
    expect((await desk.provider.refund(refund)).facts).toMatchObject([{ type: 'REFUND_SUCCESS' }])
  })

  test('a refund that the bank sends back is told as failed, under the same reference', async () => {
    const desk = openDesk()
    const { reference, clientSecret } = await desk.begin()
    await desk.succeedWith['a refund that is sent back'](reference, clientSecret)
    const { refundReference, facts } = await desk.provider.refund(desk.refundOf(reference, 29_500n))
    expect(facts).toMatchObject([{ type: 'REFUND_SUCCESS', pspReference: refundReference }])
    await desk.next()
    const { facts: after } = await desk.provider.retrieve(reference)
    expect(after).toContainEqual(
      expect.objectContaining({ type: 'REFUND_FAILURE', pspReference: refundReference }),
    )
  })

  test.each(['won', 'lost'] as const)('a dispute is told open, then %s', async (outcome) => {
    const desk = openDesk()
    const { reference, clientSecret } = await desk.begin()
    await desk.succeedWith[`a dispute that is ${outcome}`](reference, clientSecret)
    await desk.next()
    const open = await desk.provider.retrieve(reference)
    expect(open.disputes).toMatchObject([
      { status: 'OPEN', amountMinor: 129_500n, currency: 'EUR', reason: 'fraudulent' },
    ])
    expect(open.disputes[0]?.respondBy).toBeInstanceOf(Date)
    expect(open.facts.map(({ type }) => type)).toEqual(['CHARGE_SUCCESS'])
    await desk.afterAll()
    const closed = await desk.provider.retrieve(reference)
    expect(closed.disputes).toMatchObject([
      { reference: open.disputes[0]?.reference, status: outcome === 'won' ? 'WON' : 'LOST' },
    ])
    const back = closed.facts.filter(({ type }) => type === 'CHARGE_BACK')
    expect(back.map(({ amountMinor }) => amountMinor)).toEqual(outcome === 'won' ? [] : [129_500n])
  })
}

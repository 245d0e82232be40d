import { expect, test } from 'vitest'
import { ProviderRefused } from './payment-provider.ts'
import type { Desk } from './provider-world.contract.ts'

/** What every provider promises about money that is held before it is taken. */
export function holdAndCaptureContract(openDesk: () => Desk): void {
  test('money that is only held is told as that, and taken once by its capture', async () => {
    const desk = openDesk()
    const { reference } = await desk.hold()
    expect(await desk.factsOf(reference)).toEqual([['AUTHORIZATION_SUCCESS', 129_500n]])
    const capture = desk.captureOf(reference, 129_500n)
    const first = await desk.provider.capture(capture)
    expect(first.facts).toMatchObject([{ type: 'CHARGE_SUCCESS', amountMinor: 129_500n }])
    expect((await desk.provider.capture(capture)).facts[0]?.pspReference).toBe(first.facts[0]?.pspReference)
    // Captured before, by a call of another key: no error, and nothing more is taken.
    const again = await desk.provider.capture(desk.captureOf(reference, 129_500n))
    expect(again.facts).toMatchObject([{ type: 'CHARGE_SUCCESS', amountMinor: 129_500n }])
  })

  test('a capture of a part takes it and releases the rest', async () => {
    const desk = openDesk()
    const { reference } = await desk.hold()
    await desk.provider.capture(desk.captureOf(reference, 100_000n))
    expect(await desk.factsOf(reference)).toEqual([
      ['CHARGE_SUCCESS', 100_000n],
      ['CANCEL_SUCCESS', 29_500n],
    ])
  })

  test('more than is held is not taken', async () => {
    const desk = openDesk()
    const { reference } = await desk.hold()
    await expect(desk.provider.capture(desk.captureOf(reference, 129_501n))).rejects.toThrow(ProviderRefused)
    expect(await desk.typesOf(reference)).toEqual(['AUTHORIZATION_SUCCESS'])
  })

  test('what is held is released, and can no longer be taken', async () => {
    const desk = openDesk()
    const { reference } = await desk.hold()
    expect((await desk.provider.cancel(reference)).facts).toMatchObject([
      { type: 'CANCEL_SUCCESS', amountMinor: 129_500n },
    ])
    const late = await desk.provider.capture(desk.captureOf(reference, 129_500n))
    expect(late.facts.map(({ type }) => type)).toEqual(['CANCEL_SUCCESS'])
  })

  test('what the bank holds no longer is told as released', async () => {
    const desk = openDesk()
    const { reference, clientSecret } = await desk.begin('manual')
    await desk.succeedWith['a hold that lapses'](reference, clientSecret)
    expect(await desk.typesOf(reference)).toEqual(['AUTHORIZATION_SUCCESS'])
    await desk.next()
    const late = await desk.provider.capture(desk.captureOf(reference, 129_500n))
    expect(late.facts.map(({ type }) => type)).toEqual(['CANCEL_SUCCESS'])
  })

  test('nothing is taken of what was never authorised', async () => {
    const desk = openDesk()
    const { reference } = await desk.begin('manual')
    expect((await desk.provider.capture(desk.captureOf(reference, 129_500n))).facts).toEqual([])
  })
}

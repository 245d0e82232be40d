import { beforeAll, describe, expect, inject, test } from 'vitest'
import { asker, type Ask, enterAsGuest, eventually, signIn } from './door.ts'
import { findVariant, pay, placed, readOrder, type Variant } from './shopping.ts'

const url = inject('houseUrl')

let guest: { ask: Ask; userId: string }
let variant: Variant

beforeAll(async () => {
  guest = await enterAsGuest(url)
  variant = await findVariant(asker(url))
})

const line = (quantity = 1) => [{ variantId: variant.id, quantity }]

describe('paying', () => {
  test.each([
    ['a good card', '4242424242424242'],
    ['a card that succeeds late', '4000000000005126'],
    ['a card whose webhook is lost', '4000000000004954'],
    ['a card whose webhook comes three times', '4000000000008888'],
  ])('%s confirms the order', async (_, card) => {
    const { order, paymentTicket } = await placed(guest.ask, line())
    expect(order).toMatchObject({ status: 'UNCONFIRMED', chargeStatus: 'NONE' })
    await pay(url, guest.ask, paymentTicket, card)
    await eventually(async () => {
      expect(await readOrder(guest.ask, order.id)).toMatchObject({
        status: 'UNFULFILLED',
        chargeStatus: 'FULL',
      })
    })
  })

  test('a declined card leaves the order unconfirmed, support sees why, and another card pays it', async () => {
    const { order, paymentTicket } = await placed(guest.ask, line())
    const refused = await pay(url, guest.ask, paymentTicket, '4000000000000002')
    expect(refused).toMatchObject({ status: 'failed', failureCode: 'card_declined' })
    const support = await signIn(url, 'support@maison.example')
    await eventually(async () => {
      const { failedPayments } = await support.ask<{
        failedPayments: { nodes: { orderNumber: string; failureCode: string; failureReason: string }[] }
      }>('{ failedPayments(first: 50) { nodes { orderNumber failureCode failureReason } } }')
      expect(failedPayments.nodes).toContainEqual({
        orderNumber: order.number,
        failureCode: 'card_declined',
        failureReason: expect.stringMatching(/declined/i) as string,
      })
    })
    expect(await readOrder(guest.ask, order.id)).toMatchObject({
      status: 'UNCONFIRMED',
      chargeStatus: 'NONE',
    })
    await pay(url, guest.ask, paymentTicket, '4242424242424242')
    await eventually(async () => {
      expect(await readOrder(guest.ask, order.id)).toMatchObject({ status: 'UNFULFILLED' })
    })
  })
})

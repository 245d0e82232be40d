import { inject, test } from 'vitest'
import { asker, enterAsGuest, eventually } from '../door.ts'
import { findVariant, pay, placed, readOrder } from '../shopping.ts'
import { enter } from './enter.ts'
import { inBrowser } from './in-browser.ts'

const url = inject('houseUrl')

inBrowser('a courier', (visit) => {
  test('takes a parcel along on a phone and marks it delivered', async () => {
    const guest = await enterAsGuest(url)
    const variant = await findVariant(asker(url), 2)
    const { order, paymentTicket } = await placed(guest.ask, [{ variantId: variant.id, quantity: 1 }])
    await pay(url, guest.ask, paymentTicket, '4242424242424242')
    await eventually(async () => {
      if ((await readOrder(guest.ask, order.id)).status !== 'UNFULFILLED') throw new Error('Not confirmed')
    })

    const page = await visit({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true })
    await enter(page, '/courier', 'courier')
    const parcel = page.getByRole('article', { name: `Parcel ${order.number}` })
    await eventually(async () => {
      if (await parcel.isVisible()) return
      await page.reload()
      throw new Error('The parcel is not on the list')
    })
    await parcel.getByText('12 rue des Archives').waitFor()
    for (const step of ['I have it', 'On my way', 'Handed over']) {
      await parcel.getByRole('button', { name: step }).click()
    }
    await page.getByText(/^Done, \d+/).click()
    await parcel.getByText('Handed over').waitFor()
    await eventually(async () => {
      if ((await readOrder(guest.ask, order.id)).status !== 'FULFILLED') throw new Error('Not fulfilled')
    })
  })
})

import { inject, test } from 'vitest'
import { asker, enterAsGuest } from '../door.ts'
import { findVariant, pay, placed } from '../shopping.ts'
import { enter } from './enter.ts'
import { inBrowser } from './in-browser.ts'

const url = inject('houseUrl')

inBrowser('a support engineer', (visit) => {
  test('sees a failed payment and why, the timeline of its order, and the events', async () => {
    const guest = await enterAsGuest(url)
    const variant = await findVariant(asker(url), 2)
    const { order, paymentTicket } = await placed(guest.ask, [{ variantId: variant.id, quantity: 1 }])
    await pay(url, guest.ask, paymentTicket, '4000000000009995')

    const page = await visit()
    await enter(page, '/support', 'support')
    const row = page.getByRole('row').filter({ hasText: order.number })
    await row.getByRole('cell', { name: 'The card has insufficient funds.' }).waitFor()
    await row.getByText('insufficient_funds').waitFor()

    await row.getByRole('link', { name: order.number }).click()
    await page.getByRole('heading', { level: 1, name: order.number }).waitFor()
    await page.getByRole('heading', { name: 'What happened' }).waitFor()
    const story = page.getByRole('main').getByRole('listitem')
    await story.filter({ hasText: 'order.placed' }).waitFor()
    await story
      .filter({ hasText: /insufficient/i })
      .first()
      .waitFor()

    await page.getByRole('link', { name: 'Its events' }).click()
    await page.getByRole('heading', { name: 'Event log' }).waitFor()
    const event = page.getByRole('listitem').filter({ hasText: 'order.placed' })
    await event.getByText('order.placed').click()
    await event.getByText(order.id).first().waitFor()
    await event.getByRole('link', { name: 'Everything of this request' }).waitFor()
  })
})

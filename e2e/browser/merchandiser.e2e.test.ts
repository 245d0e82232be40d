import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { enter } from './enter.ts'
import { inBrowser } from './in-browser.ts'

/** Two products in Shopify's format; the second has a price that is none. */
function productFile(handle: string): string {
  return [
    'Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty',
    `${handle},Silk scarf ${handle},Colour,Blue,${handle}-1,120.00,4`,
    `${handle},,Colour,Red,${handle}-2,125.00,2`,
    `${handle}-bad,Linen scarf,Colour,Grey,${handle}-3,a lot,1`,
    '',
  ].join('\n')
}

inBrowser('a merchandiser', (visit) => {
  test('imports a file, sees it end, and what was wrong with a row', async () => {
    const handle = `scarf-${randomUUID().slice(0, 8)}`
    const page = await visit()
    await enter(page, '/merchandise', 'merchandiser')
    await page.getByLabel('Product file').setInputFiles({
      name: `${handle}.csv`,
      mimeType: 'text/csv',
      buffer: Buffer.from(productFile(handle)),
    })
    await page.getByLabel('Prices are in').selectOption({ label: 'USD, United States' })
    await page.getByRole('button', { name: 'Import' }).click()

    await page.getByRole('heading', { level: 1, name: `${handle}.csv` }).waitFor()
    await page.getByRole('status').getByText('Complete, with errors').waitFor()
    const remark = page.getByRole('row').filter({ hasText: 'Refused' })
    await remark.getByRole('cell', { name: '4', exact: true }).waitFor()
    await remark.getByRole('cell', { name: /price/i }).first().waitFor()

    await page.goto(`/en/us/products/${handle}`)
    await page.getByRole('heading', { level: 1, name: `Silk scarf ${handle}` }).waitFor()
    await page.getByText('$120').first().waitFor()
  })

  test('makes a promotion, sees what it does before and after, and ends it', async () => {
    const name = `Hours of ${randomUUID().slice(0, 8)}`
    const product = 'gants-bride'
    const page = await visit()
    await enter(page, '/merchandise/promotions', 'merchandiser')
    await page.getByRole('link', { name: 'New promotion' }).click()
    await page.getByLabel('Name, English').fill(name)
    await page.getByLabel('Percentage', { exact: true }).fill('12.5')
    // Nobody else shops in China.
    await page.getByLabel('China').check()
    await page.getByLabel('Address of the product').fill(product)
    await page.getByLabel('Market').selectOption({ label: 'China' })
    await page.getByRole('button', { name: 'Preview' }).click()
    await page.getByRole('region', { name: 'Preview' }).locator('del').first().waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.waitForURL(/saved=1$/)
    const desk = page.url()

    await page.goto(`/en/cn/products/${product}`)
    await page.getByText(name).waitFor()
    await page.goto(desk)
    await page.getByRole('button', { name: 'End now' }).click()
    await page.getByText('Ended').waitFor()
    await page.goto(`/en/cn/products/${product}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await page.getByText(name).count()).toBe(0)

    await page.goto('/merchandise/promotions')
    await page.getByRole('link', { name: 'Welcome to the house' }).click()
    await page.getByRole('link', { name: 'Vouchers' }).click()
    const code = `HELLO${randomUUID().slice(0, 8).toUpperCase()}`
    await page.getByLabel('Code', { exact: true }).fill(code)
    await page.getByRole('button', { name: 'Keep this code' }).click()
    await page.getByRole('cell', { name: code }).waitFor()
  })
})

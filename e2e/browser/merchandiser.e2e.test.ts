import { randomUUID } from 'node:crypto'
import { test } from 'vitest'
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
})

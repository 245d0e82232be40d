import type { Page } from 'playwright-core'
import { eventually } from '../door.ts'
import { enter } from './enter.ts'

/** A clerk at the first till of Paris, with the till open. */
export async function openTill(page: Page): Promise<void> {
  await enter(page, '/pos', 'clerk')
  await page.getByRole('link', { name: 'PAR-01-1' }).click()
  const float = page.getByLabel('Cash in the drawer, in EUR')
  const search = page.getByRole('textbox', { name: 'Code or name' })
  await float.or(search).waitFor()
  if (await float.isVisible()) {
    await float.fill('200')
    await page.getByRole('button', { name: 'Open the till' }).click()
  }
  await search.waitFor()
}

/** Finds a piece by its name and puts one form of it on the sale. */
export async function putOnSale(page: Page, name: string, form: string): Promise<void> {
  const search = page.getByRole('textbox', { name: 'Code or name' })
  const tile = page.getByRole('button', { name })
  // A page answers a press once its script runs; a clerk presses again until it does.
  const chooser = page.getByRole('dialog', { name })
  await search.fill(name)
  await search.press('Enter')
  await eventually(async () => {
    if (!(await chooser.isVisible())) await tile.click({ timeout: 2_000 })
    await chooser.waitFor({ timeout: 2_000 })
  })
  await chooser.getByRole('button', { name: form }).click()
  await page.getByRole('group', { name: `Quantity of ${name}, ${form}` }).waitFor()
}

/** Takes more than is due and resolves to the number of the sale. */
export async function takeCash(page: Page, given: string): Promise<string> {
  await page.getByRole('button', { name: 'Take cash' }).click()
  await page.getByLabel('Given').fill(given)
  await page.getByRole('button', { name: 'Record the sale' }).click()
  const sold = page.getByRole('region', { name: 'Sold' }).getByText(/^Sold, /)
  return (await sold.innerText()).replace('Sold, ', '')
}

import type { Page } from 'playwright-core'
import { demoPassword } from '#embedded/demo/sign-ins.ts'

/** Opens a page of the staff's as one of the demo people, through the sign-in that it asks for. */
export async function enter(page: Page, path: string, person: string): Promise<void> {
  await page.goto(path)
  await page.getByLabel('E-mail address').fill(`${person}@maison.example`)
  await page.getByLabel('Password').fill(demoPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => url.pathname === path)
}

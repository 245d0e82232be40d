import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import { chromiumPath } from '../config.ts'

/** Whether there is a Chromium to open. */
export const hasBrowser = existsSync(chromiumPath)

/** A browser with an empty user data folder that asks nobody but the house: nothing is synchronised or updated. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

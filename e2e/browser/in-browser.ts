import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, inject } from 'vitest'
import { isCi } from '../config.ts'
import { hasBrowser, openBrowser } from './open-browser.ts'

/** Opens a page for somebody who was never here: no cookie, an empty cache. */
export type Visit = (options?: BrowserContextOptions) => Promise<Page>

/** Long enough for two busy cores, short enough that a page that never answers is told as that. */
const waitMs = 15_000

const pictures = '.maison/e2e'

/**
 * The tests of one kind of user, sharing one browser. Without a Chromium they are skipped and say so; where CI is set
 * they fail instead. A script's error, or what a page's own policy refused, fails the test that visited it.
 */
export function inBrowser(name: string, tests: (visit: Visit) => void): void {
  if (!hasBrowser && !isCi) {
    process.stdout.write(`  ${name}: skipped, there is no Chromium; TEST_CHROMIUM names one\n`)
  }
  describe.skipIf(!hasBrowser && !isCi)(name, () => {
    let browser: Browser | undefined
    let visits: BrowserContext[] = []
    let errors: string[] = []

    beforeAll(async () => {
      browser = await openBrowser()
    })
    afterAll(() => browser?.close())
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') await showPages(task.name, visits)
      const [left, told] = [visits, errors]
      visits = []
      errors = []
      await Promise.all(left.map((context) => context.close()))
      expect(told).toEqual([])
    })

    tests(async (options = {}) => {
      if (!browser) throw new Error('The browser is not open')
      const context = await browser.newContext({
        baseURL: inject('houseUrl'),
        locale: 'en-GB',
        viewport: { width: 1280, height: 900 },
        ...options,
      })
      visits.push(context)
      context.setDefaultTimeout(waitMs)
      context.on('weberror', (error) => errors.push(error.error().message))
      context.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) errors.push(message.text())
      })
      return context.newPage()
    })
  })
}

/** What the visitors of a failed test saw last. */
async function showPages(test: string, visits: readonly BrowserContext[]): Promise<void> {
  await mkdir(pictures, { recursive: true })
  for (const page of visits.flatMap((context) => context.pages())) {
    const path = join(pictures, `${randomUUID()}.png`)
    await page.screenshot({ path, fullPage: true }).catch(() => undefined)
    process.stderr.write(`  "${test}" ended at ${page.url()}, seen in ${path}\n`)
  }
}

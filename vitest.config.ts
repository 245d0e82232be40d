import { defineConfig } from 'vitest/config'
import { e2eTarget } from './e2e/config.ts'

const everywhere = ['**/node_modules/**', '**/generated/**', '.maison/**', 'web/e2e/**']
// Node loads graphql's CommonJS build for everybody; Vite would take the other one for our own files, and schemas made
// with one are strangers to the other.
const resolve = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] }
const globalSetup = 'embedded/testing/vitest-global-setup.ts'

// These start a house in one process whatever the others run on: once is enough.
const withAHouseOfTheirOwn = ['e2e/crash.e2e.test.ts', 'e2e/browser/stripe.e2e.test.ts']

// A folder that gets a JSON report of every run, for a sum over several.
const results = process.env.TEST_RESULTS

export default defineConfig({
  test: {
    reporters: results
      ? ['default', ['json', { outputFile: `${results}/${String(Date.now())}.json` }]]
      : ['default'],
    // Tests that wait for a database are idle most of the time, but a file is a process: two cores, two files.
    maxWorkers: 2,
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...everywhere, '**/*.int.test.ts', '**/*.e2e.test.ts'],
        },
      },
      {
        resolve,
        test: {
          name: 'integration',
          include: ['**/*.int.test.ts'],
          exclude: everywhere,
          globalSetup,
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.test.ts'],
          exclude: e2eTarget === 'stack' ? [...everywhere, ...withAHouseOfTheirOwn] : everywhere,
          globalSetup: 'e2e/global-setup.ts',
          // All files share one house: gateway, six subgraphs and their databases.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})

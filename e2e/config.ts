/** Where the e2e tests run: the house in one process, or seven processes on the services that TEST_* name. */
export const e2eTarget = process.env.E2E_TARGET === 'stack' ? 'stack' : 'house'

export const services = {
  POSTGRES_URL: process.env.TEST_DATABASE_URL,
  AMQP_URL: process.env.TEST_AMQP_URL,
  REDIS_URL: process.env.TEST_REDIS_URL,
}

/** The environment of a started house: the machine's own, so that it finds node and the like. */
export const inheritedEnvironment = process.env

/** Real files to try things on; tests that need them are skipped where the folder is absent. */
export const dataFolder = process.env.MAISON_DATA ?? '../shared/data'

/** A house that runs already, started with the variables of house-process.ts; one is started when not given. */
export const runningHouseUrl = process.env.E2E_HOUSE_URL

/** What the keys of that house in Redis begin with, when it uses one. */
export const runningHouseRedisPrefix = process.env.E2E_REDIS_PREFIX

/** The browser of the browser tests; they are skipped where it is absent. */
export const chromiumPath = process.env.TEST_CHROMIUM ?? '/usr/bin/chromium'

/** Where tests run by themselves nothing may be skipped for want of a browser. */
export const isCi = Boolean(process.env.CI)

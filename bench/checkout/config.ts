/** The services the measured house stands on; PostgreSQL is an embedded one when none is named. */
export const services = {
  postgres: process.env.TEST_DATABASE_URL,
  rabbit: process.env.TEST_AMQP_URL ?? 'amqp://guest:guest@127.0.0.1:5672',
  redis: process.env.TEST_REDIS_URL,
}

/** For the house's processes, which find nothing else of ours in it. */
export const inherited = { PATH: process.env.PATH }

/** Node's options for one process by its name, as `orders=--cpu-prof`: to look into it. */
export const nodeOptions = process.env.BENCH_NODE_OPTIONS

/** In a measured process: whether its meter also notes the statements themselves. */
export const isListing = process.env.BENCH_LIST_STATEMENTS === '1'

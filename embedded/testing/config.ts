/** The server integration tests run on, e.g. `postgres://postgres@127.0.0.1:5432/postgres`; embedded when not given. */
export const testDatabaseUrl = process.env.TEST_DATABASE_URL

/** How many histories of payments are played: `HISTORIES=10000` for all of them, from the seed `HISTORIES_SEED`. */
const count = Number(process.env.HISTORIES ?? 60)
export const histories = {
  count,
  seed: Number(process.env.HISTORIES_SEED ?? 20_261_120),
  timeoutMs: Math.max(60_000, count * 500),
}

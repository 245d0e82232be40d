/** The server integration tests run on, e.g. `postgres://postgres@127.0.0.1:5432/postgres`; embedded when not given. */
export const testDatabaseUrl = process.env.TEST_DATABASE_URL

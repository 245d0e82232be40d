// For the stock Prisma commands, e.g. `npx prisma migrate status --config prisma/users/prisma.config.ts`.
import { defineConfig } from 'prisma/config'

export default defineConfig({
  schema: 'schema.prisma',
  migrations: { path: 'migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
})

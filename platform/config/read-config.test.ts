import { expect, test } from 'vitest'
import { z } from 'zod'
import { ConfigError, readConfig } from './read-config.ts'

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).describe('the PostgreSQL of the orders'),
  REDIS_URL: z.url().optional(),
  MODE: z.enum(['sandbox', 'stripe']).default('sandbox'),
  SECRET: z
    .string()
    .refine((value) => value.length >= 32, { error: (issue) => `too short: ${String(issue.input)}` }),
})
const good = { DATABASE_URL: 'postgres://localhost/orders', SECRET: 'x'.repeat(32) }

function problemsOf(env: Record<string, string | undefined>): readonly string[] {
  try {
    readConfig(schema, env)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

test('what is given is parsed, and what is not takes its default', () => {
  expect(readConfig(schema, { ...good, PORT: ' 8080 ', OTHER: 'ignored' })).toEqual({
    ...good,
    PORT: 8080,
    MODE: 'sandbox',
  })
})

test('an empty variable counts as one that is not set', () => {
  expect(readConfig(schema, { ...good, PORT: '', REDIS_URL: ' ', MODE: '' })).toEqual({
    ...good,
    PORT: 4000,
    MODE: 'sandbox',
  })
})

test('every bad variable is named at once, with its meaning', () => {
  const problems = problemsOf({ PORT: 'eighty', MODE: 'paypal', DATABASE_URL: '' })
  expect(problems).toHaveLength(4)
  expect(problems.join('\n')).toMatch(/PORT: .*number/)
  expect(problems).toContain('DATABASE_URL is missing (the PostgreSQL of the orders)')
  expect(problems).toContain('SECRET is missing')
  expect(problems.join('\n')).toMatch(/MODE: .*"sandbox"\|"stripe"/)
})

test('a refused value is never printed', () => {
  const problems = problemsOf({
    SECRET: 'hunter2-hunter2',
    DATABASE_URL: 'mysql://root:hunter2@db/x',
    PORT: '70000',
  })
  expect(problems.join('\n')).not.toMatch(/hunter2|70000/)
  expect(problems).toContain('SECRET: is not valid')
})

test('the message of the error reads as a list', () => {
  expect(() => readConfig(schema, { SECRET: good.SECRET })).toThrow(
    'The configuration cannot be used:\n  DATABASE_URL is missing (the PostgreSQL of the orders)',
  )
})

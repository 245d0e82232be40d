import { z } from 'zod'
import { text } from '#platform/graphql/text-input.ts'
import type { Translations } from '../domain/translations.ts'

// The parts of inputs that several mutations share.

export const key = z.uuid('must be a UUID')
export const ppm = z.int().min(1).max(1_000_000)
export const marketCode = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/, 'is not the code of a market')
export const countryCode = z.string().regex(/^[A-Z]{2}$/, 'is not an ISO 3166 code')
export const languageTag = z
  .string()
  .max(35)
  .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'is not a BCP 47 tag')
export const instant = z.date()

/** `[{ locale, text }]` as `{ locale: text }`; no language twice. */
export const names: z.ZodType<Translations> = z
  .array(z.object({ locale: languageTag, text: text({ max: 200 }) }))
  .min(1, 'needs a name')
  .max(50)
  .refine((list) => new Set(list.map(({ locale }) => locale)).size === list.length, 'names a language twice')
  .transform((list) => Object.fromEntries(list.map((name) => [name.locale, name.text])))

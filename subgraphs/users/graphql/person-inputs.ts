import { z } from 'zod'
import { text } from '#platform/graphql/text-input.ts'
import { isEmailAddress } from '../domain/email-address.ts'
import { isLocale, locales, type Locale } from '../domain/locale.ts'

// A form sends an empty field for a name that is not told.
const name = z
  .preprocess(
    (value) => (typeof value === 'string' && value.trim() === '' ? null : value),
    text({ max: 100 }).nullish(),
  )
  .transform((value) => value ?? null)

const locale = z
  .string()
  .nullish()
  .transform((value) => value ?? 'en')
  .refine(isLocale, `must be one of ${locales.join(', ')}`)
  .transform((value): Locale => value)

/** Who somebody is, as the sign-up and the guest's form tell it. */
export const personInput = {
  email: z.string().trim().refine(isEmailAddress, 'must be a mail address such as camille@maison.example'),
  givenName: name,
  familyName: name,
  locale,
}

import type { Option } from '../domain/product.ts'
import type { Translations } from '../domain/translations.ts'
import type { Prisma } from './generated/client.ts'

// What JSON columns hold. Only the use cases of this folder's neighbours write them, so reading trusts their shape.

export interface Derivative {
  width: number
  contentType: string
  extension: string
}

export interface TaxRate {
  country: string
  taxCategory: string
  ratePpm: number
  /** The first moment it holds, ISO 8601. */
  validFrom: string
}

export interface ImportDialect {
  encoding: string
  delimiter: string
}

export const readTranslations = (value: Prisma.JsonValue) => value as Translations
export const readOptions = (value: Prisma.JsonValue) => value as unknown as readonly Option[]
export const readSelection = (value: Prisma.JsonValue) => value as Readonly<Record<string, string>>
export const readDerivatives = (value: Prisma.JsonValue) => value as unknown as readonly Derivative[]
export const readTaxRates = (value: Prisma.JsonValue) => value as unknown as readonly TaxRate[]
export const readDialect = (value: Prisma.JsonValue) => value as unknown as ImportDialect | null

/** For writing: our own types are JSON, TypeScript just cannot see that of an interface. */
export const toJson = (value: object) => value as unknown as Prisma.InputJsonValue

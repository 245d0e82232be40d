import { z } from 'zod'
import { text } from '#platform/graphql/text-input.ts'
import { isUuid } from '#platform/ids/uuid.ts'
import { idempotencyKey, serialNumbers } from './line-inputs.ts'

/** More than any delivery note has of one article, and far from where counters end. */
const mostPieces = 10_000

const id = z
  .string()
  .refine(isUuid, 'must be an id')
  .transform((value) => value.toLowerCase())

const pieces = (least: number) =>
  z
    .int()
    .min(least, `must be ${String(least)} to 10,000`)
    .max(mostPieces, `must be ${String(least)} to 10,000`)

const serials = serialNumbers.nullish().transform((numbers) => numbers ?? [])

const optionalText = (max: number) =>
  z.preprocess(
    (value) => (value == null || (typeof value === 'string' && value.trim() === '') ? null : value),
    text({ max }).nullable(),
  )

const stockLines = z
  .array(z.object({ variantId: id, quantity: pieces(1), serials }))
  .min(1, 'needs a line')
  .max(100, 'has more than 100 lines')

export const adjustStockInput = z.object({
  variantId: id,
  warehouseId: id,
  difference: z
    .int()
    .min(-mostPieces, 'must be -10,000 to 10,000')
    .max(mostPieces, 'must be -10,000 to 10,000')
    .refine((difference) => difference !== 0, 'must not be 0'),
  reason: z.enum(['DAMAGED', 'LOST', 'STOLEN', 'SAMPLE', 'FOUND', 'CORRECTION']),
  note: optionalText(500),
  serials,
  idempotencyKey,
})

export const receiveStockInput = z.object({
  warehouseId: id,
  lines: stockLines,
  reference: text({ max: 100 }),
  provenance: optionalText(200),
  idempotencyKey,
})

export const sendTransferInput = z
  .object({
    fromWarehouseId: id,
    toWarehouseId: id,
    lines: stockLines,
    note: optionalText(500),
    idempotencyKey,
  })
  .refine((transfer) => transfer.fromWarehouseId !== transfer.toWarehouseId, {
    path: ['toWarehouseId'],
    message: 'must be another warehouse',
  })

export const receiveTransferInput = z.object({
  id: z.string(),
  lines: z
    .array(z.object({ variantId: id, quantity: pieces(0), serials }))
    .max(100, 'has more than 100 lines')
    .nullish()
    .transform((lines) => lines ?? []),
})

export const setStockMarksInput = z.object({
  variantId: id,
  warehouseId: id,
  safety: pieces(0),
  lowAt: pieces(0),
})

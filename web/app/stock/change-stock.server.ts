// What the forms of one stock level send. Each says what came of it in a sentence.
import type { RouterContextProvider } from 'react-router'
import { readText } from '#app/forms/read-text.ts'
import { execute } from '#app/graphql/execute.server.ts'
import { graphql } from '#generated/gql.ts'
import type { AdjustmentReason } from '#generated/graphql.ts'
import { adjustments } from './adjustments.ts'
import { readPieces, readSerials } from './read-pieces.ts'

const AdjustStock = graphql(`
  mutation AdjustStock($input: AdjustStockInput!) {
    adjustStock(input: $input) {
      __typename
      ... on UserError {
        message
      }
    }
  }
`)

const ReceiveStock = graphql(`
  mutation ReceiveStock($input: ReceiveStockInput!) {
    receiveStock(input: $input) {
      __typename
      ... on UserError {
        message
      }
    }
  }
`)

const SendTransfer = graphql(`
  mutation SendTransfer($input: SendTransferInput!) {
    sendTransfer(input: $input) {
      __typename
      ... on UserError {
        message
      }
    }
  }
`)

const SetStockMarks = graphql(`
  mutation SetStockMarks($input: SetStockMarksInput!) {
    setStockMarks(input: $input) {
      __typename
      ... on UserError {
        message
      }
    }
  }
`)

export interface StockChange {
  /** Which of the forms. */
  intent: string
  /** What stood in the way; null when it is done. */
  problem: string | null
}

/** Does what a form of the page asks. The same form sent twice is the same change. */
export async function changeStock(
  context: Readonly<RouterContextProvider>,
  place: { variantId: string; warehouseId: string },
  form: FormData,
): Promise<StockChange> {
  const intent = readText(form, 'intent')
  const quantity = readPieces(readText(form, 'quantity'))
  const serials = readSerials(readText(form, 'serials'))
  const idempotencyKey = readText(form, 'idempotencyKey')
  const { variantId, warehouseId } = place
  const line = { variantId, quantity: quantity ?? 0, ...(serials.length > 0 && { serials }) }
  const done = (result: { __typename: string; message?: string }): StockChange => ({
    intent,
    problem: result.message ?? null,
  })
  if (intent === 'marks') {
    const safety = readPieces(readText(form, 'safety'))
    const lowAt = readPieces(readText(form, 'lowAt'))
    if (safety === null || lowAt === null) return { intent, problem: 'Say both as numbers of pieces.' }
    const input = { ...place, safety, lowAt }
    return done((await execute(context, SetStockMarks, { input })).setStockMarks)
  }
  if (quantity === null) return { intent, problem: 'Say how many pieces.' }
  switch (intent) {
    case 'receive': {
      const input = {
        warehouseId,
        lines: [line],
        reference: readText(form, 'reference'),
        provenance: readText(form, 'provenance') || null,
        idempotencyKey,
      }
      return done((await execute(context, ReceiveStock, { input })).receiveStock)
    }
    case 'adjust': {
      const reason = readText(form, 'reason')
      if (!isReason(reason)) return { intent, problem: 'Say why.' }
      const difference = readText(form, 'direction') === 'more' ? quantity : -quantity
      const input = {
        ...place,
        difference,
        reason,
        note: readText(form, 'note') || null,
        ...(serials.length > 0 && { serials }),
        idempotencyKey,
      }
      return done((await execute(context, AdjustStock, { input })).adjustStock)
    }
    case 'send': {
      const input = {
        fromWarehouseId: warehouseId,
        toWarehouseId: readText(form, 'to'),
        lines: [line],
        note: readText(form, 'note') || null,
        idempotencyKey,
      }
      return done((await execute(context, SendTransfer, { input })).sendTransfer)
    }
    default:
      return { intent, problem: 'This form is not known any more. Load the page again.' }
  }
}

function isReason(text: string): text is AdjustmentReason {
  return Object.hasOwn(adjustments, text)
}

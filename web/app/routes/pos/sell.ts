import { execute } from '#app/graphql/execute.server.ts'
import { isUuid } from '#app/forms/is-uuid.ts'
import type { SellAnswer, SellRequest } from '#app/till/till-requests.ts'
import { graphql } from '#generated/gql.ts'
import type { TillSellMutation } from '#generated/graphql.ts'
import { getRegister } from './find-register.server.ts'
import type { Route } from './+types/sell'

const TillSell = graphql(`
  mutation TillSell($input: RecordSaleInput!) {
    recordSale(input: $input) {
      __typename
      ... on UserError {
        message
      }
      ... on RecordSaleSuccess {
        order {
          id
          number
          total {
            currency
            amount
          }
        }
        change {
          currency
          minorUnits
          amount
        }
      }
      ... on OutOfStockError {
        lines {
          variant {
            id
          }
          available
        }
      }
      ... on NotSoldHereError {
        variants {
          id
        }
      }
      ... on TenderMismatchError {
        due {
          currency
          minorUnits
          amount
        }
      }
    }
  }
`)

/** Records a sale. The key in it makes every repetition the same sale. */
export async function action({ params, context, request }: Route.ActionArgs) {
  const { register } = await getRegister(context, request, params.register)
  const sale = readSale(await request.text())
  if (sale === null)
    return Response.json({
      kind: 'refused',
      message: 'This is no sale that the till can send.',
    } satisfies SellAnswer)
  const { recordSale } = await execute(context, TillSell, { input: { ...sale, registerId: register.id } })
  return Response.json(toAnswer(recordSale))
}

function toAnswer(result: TillSellMutation['recordSale']): SellAnswer {
  switch (result.__typename) {
    case 'RecordSaleSuccess':
      return { kind: 'sold', order: result.order, change: result.change }
    case 'OutOfStockError':
      return {
        kind: 'lines-refused',
        message: result.message,
        problems: Object.fromEntries(
          result.lines.map((line) => [
            line.variant.id,
            line.available === 0
              ? 'None left in this boutique'
              : `Only ${line.available} left in this boutique`,
          ]),
        ),
      }
    case 'NotSoldHereError':
      return {
        kind: 'lines-refused',
        message: result.message,
        problems: Object.fromEntries(
          result.variants.map((variant) => [variant.id, 'Not sold in this country']),
        ),
      }
    case 'TenderMismatchError':
      return { kind: 'mismatch', message: result.message, due: result.due }
    case 'InvalidInputError':
      return { kind: 'refused', message: result.message }
  }
}

/** Only the shape is looked at here; what it says is for the API to judge. */
function readSale(text: string): SellRequest | null {
  try {
    const sale = JSON.parse(text) as Partial<Record<keyof SellRequest, unknown>> | null
    if (
      typeof sale?.soldAt !== 'string' ||
      typeof sale.idempotencyKey !== 'string' ||
      !isUuid(sale.idempotencyKey)
    )
      return null
    if (Number.isNaN(Date.parse(sale.soldAt))) return null
    const lines = readEntries(sale.lines, (line) =>
      typeof line.variantId === 'string' && Number.isInteger(line.quantity)
        ? { variantId: line.variantId, quantity: Number(line.quantity) }
        : null,
    )
    const tenders = readEntries<SellRequest['tenders'][number]>(sale.tenders, (tender) =>
      (tender.kind === 'CASH' || tender.kind === 'TERMINAL') &&
      typeof tender.amount === 'string' &&
      /^\d{1,15}$/.test(tender.amount)
        ? { kind: tender.kind, amount: tender.amount }
        : null,
    )
    if (lines === null || tenders === null) return null
    return { lines, tenders, soldAt: sale.soldAt, idempotencyKey: sale.idempotencyKey }
  } catch {
    return null
  }
}

function readEntries<Entry>(
  list: unknown,
  read: (entry: Record<string, unknown>) => Entry | null,
): Entry[] | null {
  if (!Array.isArray(list) || list.length > 100) return null
  const entries = list.map((entry: unknown) =>
    typeof entry === 'object' && entry !== null ? read(entry as Record<string, unknown>) : null,
  )
  return entries.every((entry) => entry !== null) ? entries : null
}

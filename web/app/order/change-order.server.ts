import type { RouterContextProvider } from 'react-router'
import { readText } from '#app/forms/read-text.ts'
import { execute } from '#app/graphql/execute.server.ts'
import { graphql } from '#generated/gql.ts'
import { toReturnReason } from './return-words.ts'

const CancelOwnOrder = graphql(`
  mutation CancelOwnOrder($id: ID!) {
    cancelOrder(id: $id) {
      __typename
    }
  }
`)

const RequestReturn = graphql(`
  mutation RequestReturn($input: RequestReturnInput!) {
    requestReturn(input: $input) {
      __typename
    }
  }
`)

/** What became of the customer's wish: the words of the page's messages. */
export type OrderChange = 'canceled' | 'not-canceled' | 'asked' | 'nothing-chosen' | 'not-returnable'

/** The customer calls the order off, or asks to give pieces back. */
export async function changeOrder(
  context: Readonly<RouterContextProvider>,
  orderId: string,
  form: FormData,
): Promise<OrderChange> {
  if (readText(form, 'intent') === 'cancel') {
    const { cancelOrder } = await execute(context, CancelOwnOrder, { id: orderId })
    return cancelOrder.__typename === 'CancelOrderSuccess' ? 'canceled' : 'not-canceled'
  }
  const lines = [...form.keys()].flatMap((name) => {
    const lineId = /^quantity (.+)$/.exec(name)?.[1]
    const quantity = Number.parseInt(readText(form, name), 10)
    return lineId !== undefined && quantity > 0 ? [{ lineId, quantity }] : []
  })
  if (lines.length === 0) return 'nothing-chosen'
  const { requestReturn } = await execute(context, RequestReturn, {
    input: {
      orderId,
      lines,
      reason: toReturnReason(readText(form, 'reason')),
      note: readText(form, 'note').slice(0, 1_000),
      idempotencyKey: readText(form, 'idempotencyKey'),
    },
  })
  return requestReturn.__typename === 'RequestReturnSuccess' ? 'asked' : 'not-returnable'
}

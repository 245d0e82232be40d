import type { RouterContextProvider } from 'react-router'
import { readText } from '#app/forms/read-text.ts'
import { execute } from '#app/graphql/execute.server.ts'
import { graphql } from '#generated/gql.ts'

const SupportCancel = graphql(`
  mutation SupportCancel($id: ID!) {
    cancelOrder(id: $id) {
      __typename
      ... on UserError {
        message
      }
    }
  }
`)

const SupportApproveReturn = graphql(`
  mutation SupportApproveReturn($id: ID!) {
    approveReturn(id: $id) {
      __typename
      ... on UserError {
        message
      }
    }
  }
`)

const SupportRejectReturn = graphql(`
  mutation SupportRejectReturn($input: RejectReturnInput!) {
    rejectReturn(input: $input) {
      __typename
      ... on UserError {
        message
      }
    }
  }
`)

const SupportReceiveReturn = graphql(`
  mutation SupportReceiveReturn($input: ReceiveReturnInput!) {
    receiveReturn(input: $input) {
      __typename
      ... on UserError {
        message
      }
    }
  }
`)

/** Does what the button says. Returns what went wrong, in words; null when nothing did. */
export async function actOnOrder(
  context: Readonly<RouterContextProvider>,
  orderId: string,
  form: FormData,
): Promise<string | null> {
  const id = readText(form, 'returnId')
  switch (readText(form, 'intent')) {
    case 'approve':
      return problemOf((await execute(context, SupportApproveReturn, { id })).approveReturn)
    case 'reject': {
      const input = { id, reason: readText(form, 'reason') }
      return problemOf((await execute(context, SupportRejectReturn, { input })).rejectReturn)
    }
    case 'receive': {
      const input = { id, isRestocked: readText(form, 'isRestocked') === 'true' }
      return problemOf((await execute(context, SupportReceiveReturn, { input })).receiveReturn)
    }
    default:
      return problemOf((await execute(context, SupportCancel, { id: orderId })).cancelOrder)
  }
}

function problemOf(result: { __typename: string; message?: string }): string | null {
  return result.__typename.endsWith('Error') ? (result.message ?? 'That did not work.') : null
}

import type { RouterContextProvider } from 'react-router'
import { readText } from '#app/forms/read-text.ts'
import { execute } from '#app/graphql/execute.server.ts'
import { digitsOf, parseAmount } from '#app/staff/amount.ts'
import { graphql } from '#generated/gql.ts'

const CapturePayment = graphql(`
  mutation CapturePayment($input: CapturePaymentInput!) {
    capturePayment(input: $input) {
      __typename
      ... on UserError {
        message
      }
    }
  }
`)

const RefundPayment = graphql(`
  mutation RefundPayment($input: RefundPaymentInput!) {
    refundPayment(input: $input) {
      __typename
      ... on UserError {
        message
      }
    }
  }
`)

const ConfirmBankTransfer = graphql(`
  mutation ConfirmBankTransfer($input: ConfirmBankTransferInput!) {
    confirmBankTransfer(input: $input) {
      __typename
      ... on UserError {
        message
      }
    }
  }
`)

const ConfirmRefund = graphql(`
  mutation ConfirmRefund($input: ConfirmRefundInput!) {
    confirmRefund(input: $input) {
      __typename
      ... on UserError {
        message
      }
    }
  }
`)

type Outcome = { __typename: 'TransactionSuccess' } | { __typename: string; message: string }

/** Does what the form says with a payment's money. Returns what stands in the way, null when nothing does. */
export async function moveMoney(
  context: Readonly<RouterContextProvider>,
  transactionId: string,
  form: FormData,
): Promise<string | null> {
  const typed = readText(form, 'amount')
  const parsed = typed === '' ? null : parseAmount(typed, digitsOf(readText(form, 'example')))
  if (typed !== '' && parsed === null) return 'This is not an amount of this currency.'
  const amount = parsed === null ? null : parsed.toString()
  const outcome = await send(context, form, { transactionId, amount })
  return typeof outcome === 'string' ? outcome : 'message' in outcome ? outcome.message : null
}

async function send(
  context: Readonly<RouterContextProvider>,
  form: FormData,
  { transactionId, amount }: { transactionId: string; amount: string | null },
): Promise<Outcome | string> {
  const reason = readText(form, 'reason')
  const wish = { transactionId, amount, idempotencyKey: readText(form, 'idempotencyKey') }
  switch (form.get('intent')) {
    case 'capture':
      return (await execute(context, CapturePayment, { input: wish })).capturePayment
    case 'refund':
      return (await execute(context, RefundPayment, { input: { ...wish, reason } })).refundPayment
    case 'arrived': {
      if (amount === null) return 'Say how much came.'
      const input = { ...wish, amount, bankReference: reason }
      return (await execute(context, ConfirmBankTransfer, { input })).confirmBankTransfer
    }
    case 'given': {
      const input = { refundId: readText(form, 'refundId'), reference: reason }
      return (await execute(context, ConfirmRefund, { input })).confirmRefund
    }
    default:
      return 'Choose what to do.'
  }
}

import type { RouterContextProvider } from 'react-router'
import { readText } from '#app/forms/read-text.ts'
import { execute } from '#app/graphql/execute.server.ts'
import { graphql } from '#generated/gql.ts'
import { resolutions } from './case-steps.tsx'

const TakePaymentCase = graphql(`
  mutation TakePaymentCase($input: TakePaymentCaseInput!) {
    takePaymentCase(input: $input) {
      __typename
      ... on UserError {
        message
      }
    }
  }
`)

const RetryRefund = graphql(`
  mutation RetryRefund($input: RetryRefundInput!) {
    retryRefund(input: $input) {
      __typename
      ... on UserError {
        message
      }
    }
  }
`)

const ResolvePaymentCase = graphql(`
  mutation ResolvePaymentCase($input: ResolvePaymentCaseInput!) {
    resolvePaymentCase(input: $input) {
      __typename
      ... on UserError {
        message
      }
    }
  }
`)

type Outcome = { __typename: 'PaymentCaseSuccess' } | { __typename: string; message: string }

/** Takes, ends or retries what the form names. Returns what stands in the way, null when nothing does. */
export async function workOnCase(
  context: Readonly<RouterContextProvider>,
  form: FormData,
): Promise<string | null> {
  const outcome = await send(context, form)
  return outcome === null ? 'Choose what to do.' : 'message' in outcome ? outcome.message : null
}

async function send(context: Readonly<RouterContextProvider>, form: FormData): Promise<Outcome | null> {
  const id = readText(form, 'id')
  const version = Number(readText(form, 'version'))
  if (!Number.isSafeInteger(version)) return null
  switch (form.get('intent')) {
    case 'take':
      return (await execute(context, TakePaymentCase, { input: { id, version } })).takePaymentCase
    case 'retry':
      return (await execute(context, RetryRefund, { input: { caseId: id, version } })).retryRefund
    case 'resolve': {
      const resolution = resolutions.find((each) => each === form.get('resolution'))
      if (resolution === undefined) return null
      const input = { id, version, resolution, note: readText(form, 'note') }
      return (await execute(context, ResolvePaymentCase, { input })).resolvePaymentCase
    }
    default:
      return null
  }
}

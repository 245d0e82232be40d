import type { RouterContextProvider } from 'react-router'
import { readText } from '#app/forms/read-text.ts'
import { execute } from '#app/graphql/execute.server.ts'
import { graphql } from '#generated/gql.ts'
import type { OtherProblem } from './other-problems.ts'

const PayWithGiftCard = graphql(`
  mutation PayWithGiftCard($input: PayWithGiftCardInput!) {
    payWithGiftCard(input: $input) {
      __typename
      ... on StoredValuePaymentSuccess {
        due {
          minorUnits
        }
      }
    }
  }
`)

const PayWithStoreCredit = graphql(`
  mutation PayWithStoreCredit($input: PayWithStoreCreditInput!) {
    payWithStoreCredit(input: $input) {
      __typename
      ... on StoredValuePaymentSuccess {
        due {
          minorUnits
        }
      }
    }
  }
`)

const StartBankTransfer = graphql(`
  mutation StartBankTransfer($input: StartBankTransferInput!) {
    startBankTransfer(input: $input) {
      __typename
    }
  }
`)

type Answer =
  | { __typename: 'StoredValuePaymentSuccess'; due: { minorUnits: string } }
  | {
      __typename:
        | 'StartBankTransferSuccess'
        | 'TicketInvalidError'
        | 'AlreadyPaidError'
        | 'GiftCardNotFoundError'
        | 'NothingToSpendError'
        | 'TooManyTriesError'
        | 'BankTransferNotOfferedError'
        | 'PaymentProviderUnavailableError'
        | 'InvalidInputError'
    }

/** Where it leads: to the confirmation, back to the order's page, or back with a reason. */
export type OtherOutcome = 'settled' | 'goes-on' | OtherProblem

/** Pays an order, or a part of it, in another way than by card. Never throws for a part that does not answer. */
export async function payOtherwise(
  context: Readonly<RouterContextProvider>,
  { paymentTicket, form }: { paymentTicket: string; form: FormData },
): Promise<OtherOutcome> {
  try {
    return outcomeOf(await send(context, paymentTicket, form))
  } catch {
    // `execute` has logged it.
    return 'unavailable'
  }
}

async function send(
  context: Readonly<RouterContextProvider>,
  paymentTicket: string,
  form: FormData,
): Promise<Answer> {
  switch (form.get('intent')) {
    case 'gift-card': {
      const input = { paymentTicket, code: readText(form, 'code') }
      return (await execute(context, PayWithGiftCard, { input })).payWithGiftCard
    }
    case 'store-credit':
      return (await execute(context, PayWithStoreCredit, { input: { paymentTicket } })).payWithStoreCredit
    default:
      return (await execute(context, StartBankTransfer, { input: { paymentTicket } })).startBankTransfer
  }
}

function outcomeOf(answer: Answer): OtherOutcome {
  switch (answer.__typename) {
    case 'StoredValuePaymentSuccess':
      return answer.due.minorUnits === '0' ? 'settled' : 'goes-on'
    case 'AlreadyPaidError':
      return 'settled'
    case 'StartBankTransferSuccess':
    case 'TicketInvalidError':
      return 'goes-on'
    case 'GiftCardNotFoundError':
      return 'not-found'
    case 'NothingToSpendError':
    case 'InvalidInputError':
      return 'empty'
    case 'TooManyTriesError':
      return 'too-many'
    case 'BankTransferNotOfferedError':
      return 'not-offered'
    case 'PaymentProviderUnavailableError':
      return 'unavailable'
  }
}

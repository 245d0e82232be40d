import { data } from 'react-router'
import { readForm } from '#app/forms/read-form.server.ts'
import { readText } from '#app/forms/read-text.ts'
import { execute } from '#app/graphql/execute.server.ts'
import { parseAmount } from '#app/staff/amount.ts'
import { currencyDigits } from '#app/till/currency-digits.ts'
import { findTillProducts } from '#app/till/find-till-products.server.ts'
import { OpenCash } from '#app/till/open-cash.tsx'
import { TillFloor } from '#app/till/till-floor.tsx'
import { graphql } from '#generated/gql.ts'
import { getRegister } from './find-register.server.ts'
import type { Route } from './+types/till'

const TillPage = graphql(`
  query TillPage($register: ID!) {
    openCashSession(registerId: $register) {
      id
    }
    collections {
      id
      slug
      name
    }
  }
`)

const OpenTill = graphql(`
  mutation OpenTill($input: StartCashSessionInput!) {
    startCashSession(input: $input) {
      __typename
      ... on UserError {
        message
      }
    }
  }
`)

export async function loader({ params, context, request }: Route.LoaderArgs) {
  const { register, shop } = await getRegister(context, request, params.register)
  const asked = new URL(request.url).searchParams
  const { openCashSession, collections } = await execute(context, TillPage, { register: register.id })
  const query = (asked.get('q') ?? '').trim().slice(0, 200)
  // What is new first: a catalogue's whole list may begin with thousands of pieces for other markets.
  const collection = query === '' ? (asked.get('collection') ?? collections[0]?.slug ?? 'all') : ''
  const wanted = { market: shop.market.id, query, collection, after: asked.get('after') }
  const isOpen = openCashSession !== null
  const found = isOpen ? await findTillProducts(context, wanted) : null
  return {
    register,
    shop,
    query,
    collection,
    isOpen,
    collections,
    products: found?.nodes ?? [],
    pageInfo: found?.pageInfo ?? { hasNextPage: false },
  }
}

/** Opens the till's cash for the day. Repeating it while one is open changes nothing. */
export async function action({ params, context, request }: Route.ActionArgs) {
  const { register, shop } = await getRegister(context, request, params.register)
  const { currency } = shop.market
  const text = readText(await readForm(request), 'float')
  const float = parseAmount(text, currencyDigits(currency))
  if (float === null) {
    return data({ text, error: 'Write an amount, such as 200.' }, { status: 400 })
  }
  const input = { registerId: register.id, currency, float: String(float) }
  const { startCashSession } = await execute(context, OpenTill, { input })
  if (startCashSession.__typename !== 'CashSessionSuccess') {
    return data({ text, error: startCashSession.message }, { status: 400 })
  }
  return { text: '', error: null }
}

export default function TillPageView({ loaderData, actionData }: Route.ComponentProps) {
  const { register, shop, isOpen } = loaderData
  if (!isOpen) {
    return (
      <OpenCash
        register={register.code}
        shop={shop.name}
        currency={shop.market.currency}
        text={actionData?.text ?? ''}
        error={actionData?.error ?? null}
      />
    )
  }
  return <TillFloor key={register.code} {...loaderData} />
}

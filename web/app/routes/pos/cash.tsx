import { data, Form, Link, useNavigation } from 'react-router'
import { Button } from '#app/design/button.tsx'
import { Field } from '#app/design/field.tsx'
import { Notice } from '#app/design/notice.tsx'
import { readForm } from '#app/forms/read-form.server.ts'
import { readText } from '#app/forms/read-text.ts'
import { execute } from '#app/graphql/execute.server.ts'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { parseAmount } from '#app/staff/amount.ts'
import { CashReport } from '#app/till/cash-report.tsx'
import { currencyDigits } from '#app/till/currency-digits.ts'
import { graphql } from '#generated/gql.ts'
import { getRegister } from './find-register.server.ts'
import type { Route } from './+types/cash'

const CashPage = graphql(`
  query CashPage($register: ID!) {
    openCashSession(registerId: $register) {
      ...CashReport
    }
  }
`)

const CloseCash = graphql(`
  mutation CloseCash($input: CloseCashSessionInput!) {
    closeCashSession(input: $input) {
      __typename
      ... on UserError {
        message
      }
      ... on CashSessionSuccess {
        cashSession {
          ...CashReport
        }
      }
    }
  }
`)

export async function loader({ params, context, request }: Route.LoaderArgs) {
  const { register, shop } = await getRegister(context, request, params.register)
  const { openCashSession } = await execute(context, CashPage, { register: register.id })
  return {
    register,
    currency: shop.market.currency,
    market: shop.market.id,
    session: openCashSession ?? null,
  }
}

export async function action({ params, context, request }: Route.ActionArgs) {
  const { shop } = await getRegister(context, request, params.register)
  const form = await readForm(request)
  const text = readText(form, 'counted')
  const counted = parseAmount(text, currencyDigits(shop.market.currency))
  if (counted === null)
    return data({ text, error: 'Write what you counted, such as 412.50.', closed: null }, { status: 400 })
  const input = { id: readText(form, 'session'), counted: String(counted) }
  const { closeCashSession: result } = await execute(context, CloseCash, { input })
  if (result.__typename !== 'CashSessionSuccess')
    return data({ text, error: result.message, closed: null }, { status: 409 })
  return { text: '', error: null, closed: result.cashSession }
}

export default function Cash({ loaderData, actionData }: Route.ComponentProps) {
  const { register, currency, market, session } = loaderData
  const { date } = useI18n()
  const isPending = useNavigation().state !== 'idle'
  const closed = actionData?.closed ?? null
  return (
    <div className="till-narrow stack" style={{ '--gap': 'var(--space-5)' }}>
      <h1 className="title-m">Cash of {register.code}</h1>
      {closed === null ? null : (
        <>
          <Notice tone="good">The drawer is counted and closed.</Notice>
          <CashReport session={closed} market={market} title="Closing report" />
        </>
      )}
      {session !== null ? (
        <>
          <CashReport
            session={session}
            market={market}
            title={`Open since ${date(session.openedAt, { market, withTime: true })}`}
          />
          <hr className="stitch" />
          <Form method="post" className="form">
            <input type="hidden" name="session" value={session.id} />
            <Field
              label={`Counted, in ${currency}`}
              name="counted"
              className="input till-touch number"
              inputMode={currencyDigits(currency) === 0 ? 'numeric' : 'decimal'}
              autoComplete="off"
              required
              maxLength={16}
              defaultValue={actionData?.text ?? ''}
              error={actionData?.error ?? null}
              hint="Count every note and coin, the float included"
            />
            <Button kind="primary" wide className="till-touch" pending={isPending}>
              Count and close
            </Button>
          </Form>
        </>
      ) : (
        <>
          {closed === null ? (
            <p className="soft">The drawer is closed. It opens with the first count of the day.</p>
          ) : null}
          <Link className="button till-touch" to={`/pos/${register.code}`}>
            Open the till
          </Link>
        </>
      )}
    </div>
  )
}

import { data, Form, redirect, useNavigation } from 'react-router'
import { Button } from '#app/design/button.tsx'
import { Field } from '#app/design/field.tsx'
import { execute } from '#app/graphql/execute.server.ts'
import { graphql } from '#generated/gql.ts'
import { getRegister } from './find-register.server.ts'
import type { Route } from './+types/receipts'

const FindReceipt = graphql(`
  query FindReceipt($number: String!) {
    orderByNumber(number: $number) {
      id
      channel
    }
  }
`)

export async function loader({ params, context, request }: Route.LoaderArgs) {
  const { register } = await getRegister(context, request, params.register)
  const number = (new URL(request.url).searchParams.get('number') ?? '').trim().slice(0, 40)
  if (number === '') return { number, error: null }
  const { orderByNumber } = await execute(context, FindReceipt, { number })
  if (orderByNumber?.channel === 'POS') throw redirect(`/pos/${register.code}/receipts/${orderByNumber.id}`)
  return data({ number, error: `No sale in a boutique has the number ${number}.` }, { status: 404 })
}

export default function Receipts({ loaderData }: Route.ComponentProps) {
  const isPending = useNavigation().state !== 'idle'
  return (
    <div className="till-narrow stack" style={{ '--gap': 'var(--space-5)' }}>
      <h1 className="title-m">Print a receipt again</h1>
      <Form className="form">
        <Field
          label="Number of the sale"
          name="number"
          className="input till-touch"
          autoComplete="off"
          autoCapitalize="characters"
          required
          maxLength={40}
          defaultValue={loaderData.number}
          error={loaderData.error}
          hint="It stands at the top of the receipt, such as FR-100042"
        />
        <Button kind="primary" wide className="till-touch" pending={isPending}>
          Find it
        </Button>
      </Form>
    </div>
  )
}

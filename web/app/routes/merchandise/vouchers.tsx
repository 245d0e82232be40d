import { data, Form, Link, redirect, useNavigation, useSearchParams } from 'react-router'
import { Badge } from '#app/design/badge.tsx'
import { Button } from '#app/design/button.tsx'
import { Field } from '#app/design/field.tsx'
import { Notice } from '#app/design/notice.tsx'
import { isUuid } from '#app/forms/is-uuid.ts'
import { readForm } from '#app/forms/read-form.server.ts'
import { readText } from '#app/forms/read-text.ts'
import { execute } from '#app/graphql/execute.server.ts'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { merchandiseRoles } from '#app/imports/merchandise-roles.ts'
import { requireRole } from '#app/session/require-role.server.ts'
import { Instant } from '#app/staff/instant.tsx'
import { PagesNav } from '#app/staff/pages-nav.tsx'
import { graphql } from '#generated/gql.ts'
import type { Route } from './+types/vouchers'

const Vouchers = graphql(`
  query Vouchers($promotionId: ID!, $after: String) {
    promotion(id: $promotionId) {
      id
      name
      needsVoucher
    }
    vouchers(first: 50, promotionId: $promotionId, after: $after) {
      nodes {
        id
        code
        limit
        perCustomerLimit
        used
        startsAt
        endsAt
        isActive
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

const SaveVoucher = graphql(`
  mutation SaveVoucher($input: SaveVoucherInput!) {
    saveVoucher(input: $input) {
      __typename
      ... on UserError {
        message
      }
      ... on InvalidInputError {
        field
      }
    }
  }
`)

export async function loader({ params, context, request }: Route.LoaderArgs) {
  await requireRole(context, request, merchandiseRoles)
  if (!isUuid(params.promotion)) throw data({ message: '' }, { status: 404 })
  const after = new URL(request.url).searchParams.get('after')
  const { promotion, vouchers } = await execute(context, Vouchers, { promotionId: params.promotion, after })
  if (promotion === null) throw data({ message: '' }, { status: 404 })
  return { promotion, vouchers }
}

/** Makes a code, or changes one that is there: the code says which. */
export async function action({ params, context, request }: Route.ActionArgs) {
  await requireRole(context, request, merchandiseRoles)
  const form = await readForm(request)
  const values = {
    code: readText(form, 'code'),
    limit: readText(form, 'limit'),
    perCustomerLimit: readText(form, 'perCustomerLimit'),
    endsAt: readText(form, 'endsAt'),
    isActive: readText(form, 'isActive'),
  }
  const count = (name: 'limit' | 'perCustomerLimit') => (values[name] === '' ? null : Number(values[name]))
  const refused = (field: string, problem: string) => data({ field, problem, values }, { status: 400 })
  for (const name of ['limit', 'perCustomerLimit'] as const) {
    if (!/^\d{0,7}$/.test(values[name])) return refused(name, 'Give a whole number, or none.')
  }
  const ends = values.endsAt === '' ? null : new Date(`${values.endsAt}Z`)
  if (ends && Number.isNaN(ends.getTime())) return refused('endsAt', 'Give a day and a time.')
  const { saveVoucher: result } = await execute(context, SaveVoucher, {
    input: {
      code: values.code,
      promotionId: params.promotion,
      limit: count('limit'),
      perCustomerLimit: count('perCustomerLimit'),
      endsAt: ends?.toISOString() ?? null,
      isActive: values.isActive === 'on',
    },
  })
  if (result.__typename === 'SaveVoucherSuccess') {
    return redirect(`/merchandise/promotions/${params.promotion}/vouchers?saved=1`)
  }
  return refused(result.__typename === 'InvalidInputError' ? result.field : '', result.message)
}

export default function VouchersPage({ loaderData, actionData }: Route.ComponentProps) {
  const { promotion, vouchers } = loaderData
  const { number } = useI18n()
  const [search] = useSearchParams()
  const isPending = useNavigation().state !== 'idle'
  const errorOf = (name: string) => (actionData?.field === name ? actionData.problem : null)
  const limit = (most: number | null) => (most === null ? 'no limit' : number(most))
  return (
    <div className="merchandise">
      <title>{`Vouchers of ${promotion.name} · Merchandise · Maison`}</title>
      <header className="stack" style={{ '--gap': 'var(--space-2)' }}>
        <p className="small">
          <Link to={`/merchandise/promotions/${promotion.id}`}>{promotion.name}</Link>
        </p>
        <h1>Vouchers</h1>
      </header>
      {promotion.needsVoucher ? null : (
        <Notice tone="careful">This promotion holds without a voucher: its codes change nothing.</Notice>
      )}
      {actionData ? <Notice tone="bad">{actionData.problem}</Notice> : null}
      {search.has('saved') && !actionData ? <Notice tone="good">The code is kept.</Notice> : null}
      {/* After a code was kept the form begins anew. */}
      <Form method="post" className="promotion-fields" key={vouchers.nodes.length}>
        <Field
          label="Code"
          name="code"
          required
          minLength={3}
          maxLength={60}
          autoComplete="off"
          autoCapitalize="characters"
          defaultValue={actionData?.values.code}
          error={errorOf('code')}
          hint="3 to 40 letters and digits. One that is there is changed."
        />
        <Field
          label="Uses by everybody together"
          name="limit"
          inputMode="numeric"
          defaultValue={actionData?.values.limit}
          error={errorOf('limit')}
          hint="Empty: no limit"
        />
        <Field
          label="Uses by one customer"
          name="perCustomerLimit"
          inputMode="numeric"
          defaultValue={actionData?.values.perCustomerLimit ?? '1'}
          error={errorOf('perCustomerLimit')}
          hint="Empty: no limit"
        />
        <Field
          label="Ends, UTC"
          name="endsAt"
          type="datetime-local"
          defaultValue={actionData?.values.endsAt}
          error={errorOf('endsAt')}
          hint="Empty: without an end"
        />
        <label className="choice">
          <input
            type="checkbox"
            name="isActive"
            defaultChecked={actionData ? actionData.values.isActive === 'on' : true}
          />
          Can be used
        </label>
        <Button kind="primary" pending={isPending}>
          Keep this code
        </Button>
      </Form>
      {vouchers.nodes.length === 0 ? (
        <p className="soft">No codes yet.</p>
      ) : (
        <div className="table-scroll" tabIndex={0} role="region" aria-label="Codes">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Code</th>
                <th scope="col">State</th>
                <th scope="col" className="table-number">
                  Used
                </th>
                <th scope="col" className="table-number">
                  Of
                </th>
                <th scope="col" className="table-number">
                  By one customer
                </th>
                <th scope="col">From, UTC</th>
                <th scope="col">To, UTC</th>
              </tr>
            </thead>
            <tbody>
              {vouchers.nodes.map((voucher) => (
                <tr key={voucher.id}>
                  <td>
                    <code>{voucher.code}</code>
                  </td>
                  <td>
                    <Badge tone={voucher.isActive ? 'good' : 'plain'}>
                      {voucher.isActive ? 'Can be used' : 'Switched off'}
                    </Badge>
                  </td>
                  <td className="table-number">{number(voucher.used)}</td>
                  <td className="table-number">{limit(voucher.limit)}</td>
                  <td className="table-number">{limit(voucher.perCustomerLimit)}</td>
                  <td>
                    <Instant at={voucher.startsAt} />
                  </td>
                  <td>{voucher.endsAt === null ? 'No end' : <Instant at={voucher.endsAt} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <PagesNav pageInfo={vouchers.pageInfo} of="codes" />
    </div>
  )
}

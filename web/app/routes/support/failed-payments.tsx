import { Link } from 'react-router'
import { execute } from '#app/graphql/execute.server.ts'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { requireRole } from '#app/session/require-role.server.ts'
import { Instant } from '#app/staff/instant.tsx'
import { PagesNav } from '#app/staff/pages-nav.tsx'
import { toWords } from '#app/staff/to-words.ts'
import { graphql } from '#generated/gql.ts'
import { supportRoles } from './support-roles.ts'
import type { Route } from './+types/failed-payments'

const FailedPayments = graphql(`
  query FailedPayments($after: String) {
    failedPayments(first: 30, after: $after) {
      nodes {
        id
        order {
          id
        }
        orderNumber
        kind
        provider
        amount {
          currency
          amount
        }
        failureReason
        failureCode
        createdAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

export async function loader({ context, request }: Route.LoaderArgs) {
  await requireRole(context, request, supportRoles)
  const after = new URL(request.url).searchParams.get('after')
  return execute(context, FailedPayments, { after })
}

export default function FailedPaymentsPage({ loaderData }: Route.ComponentProps) {
  const { nodes, pageInfo } = loaderData.failedPayments
  const { money } = useI18n()
  if (nodes.length === 0) {
    return (
      <div className="empty">
        <h1>No payment failed</h1>
        <p>When a card is refused or a bank does not answer, it stands here with the reason.</p>
      </div>
    )
  }
  return (
    <>
      <h1>Failed payments</h1>
      <div className="stack">
        <div className="table-scroll" tabIndex={0} role="region" aria-label="Failed payments, newest first">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Order</th>
                <th scope="col">Why</th>
                <th scope="col">Code</th>
                <th scope="col" className="table-number">
                  Amount
                </th>
                <th scope="col">By</th>
                <th scope="col">When, UTC</th>
              </tr>
            </thead>
            <tbody>
              {nodes.map((payment) => (
                <tr key={payment.id}>
                  <td>
                    <Link to={`/support/orders/${payment.order.id}`}>{payment.orderNumber}</Link>
                  </td>
                  <td className="support-why">{payment.failureReason ?? 'No reason was given'}</td>
                  <td>
                    <code>{payment.failureCode ?? 'none'}</code>
                  </td>
                  <td className="table-number">{money(payment.amount)}</td>
                  <td>
                    {toWords(payment.kind)}, {payment.provider}
                  </td>
                  <td>
                    <Instant at={payment.createdAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <PagesNav pageInfo={pageInfo} of="failed payments" />
      </div>
    </>
  )
}

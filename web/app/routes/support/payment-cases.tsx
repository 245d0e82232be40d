import { Link } from 'react-router'
import { Badge } from '#app/design/badge.tsx'
import { execute } from '#app/graphql/execute.server.ts'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { requireRole } from '#app/session/require-role.server.ts'
import { Instant } from '#app/staff/instant.tsx'
import { PagesNav } from '#app/staff/pages-nav.tsx'
import { toWords } from '#app/staff/to-words.ts'
import { graphql } from '#generated/gql.ts'
import { supportRoles } from './support-roles.ts'
import type { Route } from './+types/payment-cases'

const PaymentCases = graphql(`
  query PaymentCases($after: String) {
    paymentCases(first: 30, after: $after) {
      nodes {
        id
        kind
        detail
        openedAt
        closedAt
        transaction {
          id
          orderNumber
          order {
            id
          }
          amount {
            currency
            amount
          }
        }
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
  return execute(context, PaymentCases, { after })
}

export default function PaymentCasesPage({ loaderData }: Route.ComponentProps) {
  const { nodes, pageInfo } = loaderData.paymentCases
  const { money } = useI18n()
  if (nodes.length === 0) {
    return (
      <div className="empty">
        <h1>No payment needs you</h1>
        <p>A case opens by itself when money came for an order that is gone, or giving it back failed.</p>
      </div>
    )
  }
  return (
    <>
      <h1>Payment cases</h1>
      <div className="stack">
        <div className="table-scroll" tabIndex={0} role="region" aria-label="Payment cases, open ones first">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">State</th>
                <th scope="col">What</th>
                <th scope="col">Order</th>
                <th scope="col" className="table-number">
                  Amount
                </th>
                <th scope="col">Opened, UTC</th>
                <th scope="col">Closed, UTC</th>
              </tr>
            </thead>
            <tbody>
              {nodes.map((one) => {
                const isOpen = one.closedAt === null
                return (
                  <tr key={one.id}>
                    <td>
                      <Badge tone={isOpen ? 'careful' : 'good'}>{isOpen ? 'Open' : 'Closed'}</Badge>
                    </td>
                    <td className="support-why">
                      {toWords(one.kind)}
                      <br />
                      <span className="soft small">{one.detail}</span>
                    </td>
                    <td>
                      {one.transaction ? (
                        <Link to={`/support/orders/${one.transaction.order.id}`}>
                          {one.transaction.orderNumber}
                        </Link>
                      ) : null}
                    </td>
                    <td className="table-number">{one.transaction ? money(one.transaction.amount) : null}</td>
                    <td>
                      <Instant at={one.openedAt} />
                    </td>
                    <td>{isOpen ? null : <Instant at={one.closedAt ?? ''} />}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
        <PagesNav pageInfo={pageInfo} of="payment cases" />
      </div>
    </>
  )
}

import { data, Link } from 'react-router'
import { Badge } from '#app/design/badge.tsx'
import { Notice } from '#app/design/notice.tsx'
import { readForm } from '#app/forms/read-form.server.ts'
import { execute } from '#app/graphql/execute.server.ts'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { requireRole } from '#app/session/require-role.server.ts'
import { Instant } from '#app/staff/instant.tsx'
import { PagesNav } from '#app/staff/pages-nav.tsx'
import { toWords } from '#app/staff/to-words.ts'
import { graphql } from '#generated/gql.ts'
import { CaseSteps } from './case-steps.tsx'
import { supportRoles } from './support-roles.ts'
import { workOnCase } from './work-on-case.server.ts'
import type { Route } from './+types/payment-cases'

const PaymentCases = graphql(`
  query PaymentCases($after: String, $filter: PaymentCaseFilter) {
    paymentCases(first: 30, after: $after, filter: $filter) {
      nodes {
        id
        kind
        detail
        ownerId
        version
        resolution
        openedAt
        closedAt
        history {
          id
          step
          note
          at
        }
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

const views = [
  { show: 'open', label: 'Open' },
  { show: 'mine', label: 'Mine' },
  { show: 'closed', label: 'Closed' },
] as const

export async function loader({ context, request }: Route.LoaderArgs) {
  const { userId } = await requireRole(context, request, supportRoles)
  const search = new URL(request.url).searchParams
  const show = views.find((view) => view.show === search.get('show'))?.show ?? 'open'
  const filter = show === 'mine' ? { isOpen: true, ownerId: userId } : { isOpen: show === 'open' }
  const { paymentCases } = await execute(context, PaymentCases, { after: search.get('after'), filter })
  return { paymentCases, show, userId }
}

export async function action({ context, request }: Route.ActionArgs) {
  await requireRole(context, request, supportRoles)
  const problem = await workOnCase(context, await readForm(request))
  return problem === null ? { problem } : data({ problem }, { status: 409 })
}

export default function PaymentCasesPage({ loaderData, actionData }: Route.ComponentProps) {
  const { show, userId } = loaderData
  const { nodes, pageInfo } = loaderData.paymentCases
  const { money } = useI18n()
  return (
    <>
      <h1>Payment cases</h1>
      <nav className="row" aria-label="Which cases">
        {views.map((view) => (
          <Link
            key={view.show}
            className="button button-small"
            to={`?show=${view.show}`}
            aria-current={view.show === show ? 'page' : undefined}
          >
            {view.label}
          </Link>
        ))}
      </nav>
      {actionData?.problem ? <Notice tone="bad">{actionData.problem}</Notice> : null}
      {nodes.length === 0 ? (
        <div className="empty">
          <h2>No payment needs you</h2>
          <p>
            A case opens by itself when money came for an order that is gone, giving it back failed, a bank
            disputes it, or two books do not agree.
          </p>
        </div>
      ) : (
        <div className="stack">
          <div className="table-scroll" tabIndex={0} role="region" aria-label="Payment cases, newest first">
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
                  <th scope="col">What to do</th>
                </tr>
              </thead>
              <tbody>
                {nodes.map((one) => {
                  const isOpen = one.closedAt === null
                  return (
                    <tr key={one.id}>
                      <td>
                        <Badge tone={isOpen ? 'careful' : 'good'}>
                          {isOpen
                            ? one.ownerId === null
                              ? 'Open'
                              : one.ownerId === userId
                                ? 'Yours'
                                : 'Taken'
                            : toWords(one.resolution ?? 'CLOSED')}
                        </Badge>
                      </td>
                      <td className="support-why">
                        {toWords(one.kind)}
                        <br />
                        <span className="soft small">{one.detail}</span>
                        <details className="small">
                          <summary>History</summary>
                          <ol>
                            {one.history.map((entry) => (
                              <li key={entry.id}>
                                <Instant at={entry.at} /> {toWords(entry.step)}
                                {entry.step === 'OPENED' || entry.note === null ? null : `: ${entry.note}`}
                              </li>
                            ))}
                          </ol>
                        </details>
                      </td>
                      <td>
                        {one.transaction ? (
                          <Link to={`/support/orders/${one.transaction.order.id}`}>
                            {one.transaction.orderNumber}
                          </Link>
                        ) : null}
                      </td>
                      <td className="table-number">
                        {one.transaction ? money(one.transaction.amount) : null}
                      </td>
                      <td>
                        <Instant at={one.openedAt} />
                      </td>
                      <td>
                        {isOpen ? (
                          <CaseSteps paymentCase={one} viewerId={userId} />
                        ) : (
                          <Instant at={one.closedAt ?? ''} />
                        )}
                      </td>
                    </tr>
                  )
                })}
              </tbody>
            </table>
          </div>
          <PagesNav pageInfo={pageInfo} of="payment cases" />
        </div>
      )}
    </>
  )
}

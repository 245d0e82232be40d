import { Form, Link, useNavigation } from 'react-router'
import { Badge } from '#app/design/badge.tsx'
import { Button } from '#app/design/button.tsx'
import { execute } from '#app/graphql/execute.server.ts'
import { requireRole } from '#app/session/require-role.server.ts'
import { Instant } from '#app/staff/instant.tsx'
import { PagesNav } from '#app/staff/pages-nav.tsx'
import { toWords } from '#app/staff/to-words.ts'
import { graphql } from '#generated/gql.ts'
import { supportRoles } from './support-roles.ts'
import type { Route } from './+types/books'

const Books = graphql(`
  query Books($after: String) {
    reconciliationRuns(first: 1) {
      nodes {
        id
        state
        step
        compared
        found
        startedAt
      }
    }
    reconciliationDifferences(first: 30, after: $after) {
      nodes {
        id
        check
        subject
        detail
        foundAt
        seenAt
        closedAt
        case {
          id
        }
        transaction {
          id
          orderNumber
          order {
            id
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

const CompareBooks = graphql(`
  mutation CompareBooks {
    startReconciliation {
      __typename
    }
  }
`)

export async function loader({ context, request }: Route.LoaderArgs) {
  await requireRole(context, request, supportRoles)
  return await execute(context, Books, { after: new URL(request.url).searchParams.get('after') })
}

export async function action({ context, request }: Route.ActionArgs) {
  await requireRole(context, request, supportRoles)
  await execute(context, CompareBooks)
  return null
}

/** The comparison of the provider's, our and orders' books, and what does not agree. */
export default function BooksPage({ loaderData }: Route.ComponentProps) {
  const isPending = useNavigation().state !== 'idle'
  const { nodes, pageInfo } = loaderData.reconciliationDifferences
  const [run] = loaderData.reconciliationRuns.nodes
  return (
    <>
      <h1>Comparing the books</h1>
      <div className="row row-apart">
        {run ? (
          <p>
            <Badge tone={run.state === 'COMPLETED' ? 'good' : run.state === 'RUNNING' ? 'careful' : 'bad'}>
              {toWords(run.state)}
            </Badge>{' '}
            <span className="soft">
              {run.state === 'RUNNING' ? `${toWords(run.step)}, ` : ''}
              {run.compared} compared, {run.found} found, begun <Instant at={run.startedAt} />
            </span>
          </p>
        ) : (
          <p className="soft">They are compared every night.</p>
        )}
        <Form method="post">
          <Button pending={isPending}>Compare now</Button>
        </Form>
      </div>
      {nodes.length === 0 ? (
        <div className="empty">
          {run?.state === 'COMPLETED' ? (
            <>
              <h2>The books agree</h2>
              <p>The provider, our ledger, orders and stock say the same.</p>
            </>
          ) : (
            <>
              <h2>No difference is known</h2>
              <p>The books have not been compared to the end yet.</p>
            </>
          )}
        </div>
      ) : (
        <div className="stack">
          <div className="table-scroll" tabIndex={0} role="region" aria-label="Differences, open ones first">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">State</th>
                  <th scope="col">What differs</th>
                  <th scope="col">Order</th>
                  <th scope="col">Found, UTC</th>
                  <th scope="col">Seen last, UTC</th>
                </tr>
              </thead>
              <tbody>
                {nodes.map((one) => (
                  <tr key={one.id}>
                    <td>
                      <Badge tone={one.closedAt === null ? 'careful' : 'good'}>
                        {one.closedAt === null ? (one.case ? 'Open, a case' : 'Open') : 'Agrees again'}
                      </Badge>
                    </td>
                    <td className="support-why">
                      {one.detail}
                      <br />
                      <span className="soft small">
                        {one.check} · {one.subject}
                      </span>
                    </td>
                    <td>
                      {one.transaction ? (
                        <Link to={`/support/orders/${one.transaction.order.id}`}>
                          {one.transaction.orderNumber}
                        </Link>
                      ) : null}
                    </td>
                    <td>
                      <Instant at={one.foundAt} />
                    </td>
                    <td>
                      <Instant at={one.seenAt} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <PagesNav pageInfo={pageInfo} of="differences" />
        </div>
      )}
    </>
  )
}

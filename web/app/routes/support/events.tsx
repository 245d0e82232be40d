import { Form, Link } from 'react-router'
import { Field } from '#app/design/field.tsx'
import { execute } from '#app/graphql/execute.server.ts'
import { requireRole } from '#app/session/require-role.server.ts'
import { Instant } from '#app/staff/instant.tsx'
import { PagesNav } from '#app/staff/pages-nav.tsx'
import { graphql } from '#generated/gql.ts'
import { supportRoles } from './support-roles.ts'
import type { Route } from './+types/events'

const EventLog = graphql(`
  query EventLog($filter: EventLogFilter, $after: String) {
    eventLog(filter: $filter, first: 50, after: $after) {
      nodes {
        id
        type
        aggregateType
        aggregateId
        sequence
        occurredAt
        correlationId
        actor
        market
        payload
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

const filters = ['type', 'aggregateId', 'correlationId'] as const

export async function loader({ context, request }: Route.LoaderArgs) {
  await requireRole(context, request, supportRoles)
  const asked = new URL(request.url).searchParams
  const given = Object.fromEntries(
    filters.map((name) => [
      name,
      (asked.get(name) ?? '')
        .trim()
        .replace(/\p{Cc}/gu, '')
        .slice(0, 100),
    ]),
  ) as Record<(typeof filters)[number], string>
  const filter = Object.fromEntries(Object.entries(given).filter(([, text]) => text !== ''))
  const { eventLog } = await execute(context, EventLog, { filter, after: asked.get('after') })
  return { eventLog, given }
}

export default function EventsPage({ loaderData }: Route.ComponentProps) {
  const { eventLog, given } = loaderData
  return (
    <>
      <h1>Event log</h1>
      <div className="stack" style={{ '--gap': 'var(--space-5)' }}>
        {/* The key puts what a link filters by into the fields. */}
        <Form key={JSON.stringify(given)} className="support-filters" role="search">
          <Field
            label="Type"
            name="type"
            type="search"
            autoComplete="off"
            defaultValue={given.type}
            placeholder="payment.failed"
          />
          <Field
            label="About (id)"
            name="aggregateId"
            type="search"
            autoComplete="off"
            defaultValue={given.aggregateId}
          />
          <Field
            label="Caused by (correlation)"
            name="correlationId"
            type="search"
            autoComplete="off"
            defaultValue={given.correlationId}
          />
          <div className="row">
            <button className="button button-small">Show</button>
            <Link to="/support/events">All events</Link>
          </div>
        </Form>
        {eventLog.nodes.length === 0 ? (
          <p className="soft">Nothing of this happened.</p>
        ) : (
          <ol className="support-events">
            {eventLog.nodes.map((event) => (
              <li key={event.id}>
                <details>
                  <summary>
                    <Instant at={event.occurredAt} isExact />
                    <code>{event.type}</code>
                    <span className="soft">
                      {event.aggregateType} <code>{event.aggregateId.slice(-12)}</code> #{event.sequence}
                    </span>
                    <span className="soft">
                      {shortActor(event.actor)}
                      {event.market === null ? '' : `, ${event.market}`}
                    </span>
                  </summary>
                  <div className="support-event">
                    <p className="row" style={{ '--gap': 'var(--space-5)' }}>
                      <Link to={`?aggregateId=${encodeURIComponent(event.aggregateId)}`}>
                        Everything about it
                      </Link>
                      <Link to={`?correlationId=${encodeURIComponent(event.correlationId)}`}>
                        Everything of this request
                      </Link>
                      <Link to={`?type=${encodeURIComponent(event.type)}`}>All of this type</Link>
                      {event.aggregateType === 'order' ? (
                        <Link to={`/support/orders/${event.aggregateId}`}>The order</Link>
                      ) : null}
                    </p>
                    <pre tabIndex={0}>{JSON.stringify(event.payload, null, 2)}</pre>
                    <p className="soft small">
                      Event <code>{event.id}</code>, correlation <code>{event.correlationId}</code>
                    </p>
                  </div>
                </details>
              </li>
            ))}
          </ol>
        )}
        <PagesNav pageInfo={eventLog.pageInfo} of="events" />
      </div>
    </>
  )
}

/** `customer:0190a000-…` → `customer …000d006`: enough to see that two are the same. */
function shortActor(actor: string): string {
  const [kind = '', id] = actor.split(':')
  return id === undefined ? kind : `${kind} …${id.slice(-7)}`
}

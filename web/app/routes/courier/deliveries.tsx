import { data } from 'react-router'
import { readForm } from '#app/forms/read-form.server.ts'
import { readText } from '#app/forms/read-text.ts'
import { Notice } from '#app/design/notice.tsx'
import { execute } from '#app/graphql/execute.server.ts'
import { requireRole } from '#app/session/require-role.server.ts'
import { PagesNav } from '#app/staff/pages-nav.tsx'
import { useLive } from '#app/staff/use-live.ts'
import { graphql } from '#generated/gql.ts'
import { isDeliveryStep } from './delivery-steps.ts'
import { Parcel } from './parcel.tsx'
import type { Route } from './+types/deliveries'

const MyDeliveries = graphql(`
  query MyDeliveries($after: String) {
    myDeliveries(first: 50, after: $after) {
      nodes {
        ...Parcel
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

const StepDelivery = graphql(`
  mutation StepDelivery($input: UpdateDeliveryInput!) {
    updateDelivery(input: $input) {
      __typename
      ... on UserError {
        message
      }
    }
  }
`)

export async function loader({ context, request }: Route.LoaderArgs) {
  await requireRole(context, request, ['COURIER'])
  const after = new URL(request.url).searchParams.get('after')
  const { myDeliveries } = await execute(context, MyDeliveries, { after })
  return { parcels: myDeliveries.nodes, pageInfo: myDeliveries.pageInfo }
}

/** Moves a parcel one step on. Repeating a step changes nothing, so a lost answer may be sent again. */
export async function action({ context, request }: Route.ActionArgs) {
  await requireRole(context, request, ['COURIER'])
  const form = await readForm(request)
  const deliveryId = readText(form, 'delivery')
  const status = readText(form, 'status')
  if (!isDeliveryStep(status)) throw data({ message: '' }, { status: 400 })
  const { updateDelivery } = await execute(context, StepDelivery, { input: { deliveryId, status } })
  if (updateDelivery.__typename === 'UpdateDeliverySuccess') return { deliveryId, problem: null }
  return data({ deliveryId, problem: updateDelivery.message }, { status: 409 })
}

/** On the street the connection goes and comes: the page stays, and the step can be pressed again. */
export async function clientAction({ serverAction }: Route.ClientActionArgs) {
  try {
    return await serverAction()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return data(
      { deliveryId: '', problem: 'No connection. Press again: a step is taken once.' },
      { status: 503 },
    )
  }
}

export default function Deliveries({ loaderData }: Route.ComponentProps) {
  const { parcels, pageInfo } = loaderData
  const isReached = useLive(15_000)
  const open = parcels.filter((parcel) => parcel.nextStatuses.length > 0)
  const done = parcels.filter((parcel) => parcel.nextStatuses.length === 0)
  return (
    <div className="courier">
      <h1>
        {open.length === 0 ? 'Nothing to bring' : open.length === 1 ? 'One parcel' : `${open.length} parcels`}
      </h1>
      {isReached ? null : <Notice tone="careful">No connection. The list is as it was last seen.</Notice>}
      {open.length === 0 ? <p className="soft">New parcels appear here by themselves.</p> : null}
      <ul className="courier-parcels">
        {open.map((parcel) => (
          <li key={parcel.id}>
            <Parcel parcel={parcel} />
          </li>
        ))}
      </ul>
      {done.length === 0 ? null : (
        <details className="courier-done">
          <summary>Done, {done.length}</summary>
          <ul className="courier-parcels">
            {done.map((parcel) => (
              <li key={parcel.id}>
                <Parcel parcel={parcel} />
              </li>
            ))}
          </ul>
        </details>
      )}
      <PagesNav pageInfo={pageInfo} of="parcels" />
    </div>
  )
}

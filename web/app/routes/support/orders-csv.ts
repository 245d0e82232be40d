import { data, redirect } from 'react-router'
import { requireRole } from '#app/session/require-role.server.ts'
import { supportRoles } from './support-roles.ts'
import type { Route } from './+types/orders-csv'

/** The orders of some days as a file. It comes from the house itself; on the way a spent session is renewed. */
export async function loader({ context, request }: Route.LoaderArgs) {
  await requireRole(context, request, supportRoles)
  const asked = new URL(request.url).searchParams
  const from = dayOf(asked.get('from'))
  const last = dayOf(asked.get('to'))
  const to = new Date(last.getTime() + 24 * 60 * 60_000)
  const query = new URLSearchParams({ from: from.toISOString(), to: to.toISOString() })
  return redirect(`/exports/orders.csv?${query.toString()}`)
}

function dayOf(text: string | null): Date {
  const day = new Date(`${text ?? ''}T00:00:00.000Z`)
  if (Number.isNaN(day.getTime())) throw data({ message: 'Choose two days.' }, { status: 400 })
  return day
}

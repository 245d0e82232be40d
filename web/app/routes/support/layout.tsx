import { Outlet } from 'react-router'
import { DeskShell } from '#app/design/desk-shell.tsx'
import { enterArea } from '#app/staff/enter-area.server.ts'
import { supportRoles } from './support-roles.ts'
import type { Route } from './+types/layout'
import './support.css'

export { AreaError as ErrorBoundary } from '#app/staff/area-error.tsx'

export const meta: Route.MetaFunction = () => [
  { title: 'Support · Maison' },
  { name: 'robots', content: 'noindex' },
]

const pages = [
  { to: '/support', label: 'Failed payments', end: true },
  { to: '/support/cases', label: 'Payment cases' },
  { to: '/support/books', label: 'Books' },
  { to: '/support/orders', label: 'Orders' },
  { to: '/support/events', label: 'Event log' },
]

export function loader({ context, request }: Route.LoaderArgs) {
  return enterArea(context, request, supportRoles)
}

export default function SupportLayout({ loaderData }: Route.ComponentProps) {
  return (
    <DeskShell area="Support" pages={pages} who={loaderData.who}>
      <Outlet />
    </DeskShell>
  )
}

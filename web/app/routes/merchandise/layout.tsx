import { Outlet } from 'react-router'
import { DeskShell } from '#app/design/desk-shell.tsx'
import { merchandiseRoles } from '#app/imports/merchandise-roles.ts'
import { enterArea } from '#app/staff/enter-area.server.ts'
import type { Route } from './+types/layout'
import './merchandise.css'

export { AreaError as ErrorBoundary } from '#app/staff/area-error.tsx'

export const meta: Route.MetaFunction = () => [
  { title: 'Merchandise · Maison' },
  { name: 'robots', content: 'noindex' },
]

const pages = [
  { to: '/merchandise', label: 'Imports', end: true },
  { to: '/merchandise/promotions', label: 'Promotions' },
  { to: '/stock', label: 'Stock' },
]

export function loader({ context, request }: Route.LoaderArgs) {
  return enterArea(context, request, merchandiseRoles)
}

export default function MerchandiseLayout({ loaderData }: Route.ComponentProps) {
  return (
    <DeskShell area="Merchandise" pages={pages} who={loaderData.who}>
      <Outlet />
    </DeskShell>
  )
}

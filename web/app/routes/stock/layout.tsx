import { Outlet } from 'react-router'
import { DeskShell } from '#app/design/desk-shell.tsx'
import { enterArea } from '#app/staff/enter-area.server.ts'
import { stockRoles } from '#app/stock/stock-roles.ts'
import type { Route } from './+types/layout'
import './stock.css'

export { AreaError as ErrorBoundary } from '#app/staff/area-error.tsx'

export const meta: Route.MetaFunction = () => [
  { title: 'Stock · Maison' },
  { name: 'robots', content: 'noindex' },
]

const pages = [
  { to: '/stock', label: 'Levels', end: true },
  { to: '/stock/transfers', label: 'Transfers' },
]

export function loader({ context, request }: Route.LoaderArgs) {
  return enterArea(context, request, stockRoles)
}

export default function StockLayout({ loaderData }: Route.ComponentProps) {
  return (
    <DeskShell area="Stock" pages={pages} who={loaderData.who}>
      <Outlet />
    </DeskShell>
  )
}

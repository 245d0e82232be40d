import { Outlet } from 'react-router'
import { DeskShell } from '#app/design/desk-shell.tsx'
import { insightsRoles } from '#app/figures/sales-report.server.ts'
import { enterArea } from '#app/staff/enter-area.server.ts'
import type { Route } from './+types/layout'
import './insights.css'

export { AreaError as ErrorBoundary } from '#app/staff/area-error.tsx'

export const meta: Route.MetaFunction = () => [
  { title: 'Insights · Maison' },
  { name: 'robots', content: 'noindex' },
]

export function loader({ context, request }: Route.LoaderArgs) {
  return enterArea(context, request, insightsRoles)
}

export default function InsightsLayout({ loaderData }: Route.ComponentProps) {
  return (
    <DeskShell area="Insights" pages={[]} who={loaderData.who}>
      <Outlet />
    </DeskShell>
  )
}

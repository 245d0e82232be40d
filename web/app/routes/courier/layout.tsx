import { Outlet } from 'react-router'
import { DeskShell } from '#app/design/desk-shell.tsx'
import { enterArea } from '#app/staff/enter-area.server.ts'
import type { Route } from './+types/layout'
import './courier.css'

export { AreaError as ErrorBoundary } from '#app/staff/area-error.tsx'

export const meta: Route.MetaFunction = () => [
  { title: 'Deliveries · Maison' },
  { name: 'robots', content: 'noindex' },
]

export function loader({ context, request }: Route.LoaderArgs) {
  return enterArea(context, request, ['COURIER'])
}

export default function CourierLayout({ loaderData }: Route.ComponentProps) {
  return (
    <DeskShell area="Deliveries" pages={[]} who={loaderData.who}>
      <Outlet />
    </DeskShell>
  )
}

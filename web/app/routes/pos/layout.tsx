import { Outlet, useParams } from 'react-router'
import { DeskShell } from '#app/design/desk-shell.tsx'
import { enterArea } from '#app/staff/enter-area.server.ts'
import { tillRoles } from './find-register.server.ts'
import type { Route } from './+types/layout'
import './till.css'

export { AreaError as ErrorBoundary } from '#app/staff/area-error.tsx'

export const meta: Route.MetaFunction = () => [
  { title: 'Till · Maison' },
  { name: 'robots', content: 'noindex' },
]

export function loader({ context, request }: Route.LoaderArgs) {
  return enterArea(context, request, tillRoles)
}

export default function TillLayout({ loaderData }: Route.ComponentProps) {
  const { register } = useParams()
  const pages =
    register === undefined
      ? [{ to: '/pos', label: 'Tills', end: true }]
      : [
          { to: `/pos/${register}`, label: 'Sell', end: true },
          { to: `/pos/${register}/receipts`, label: 'Receipts' },
          { to: `/pos/${register}/cash`, label: 'Cash' },
          { to: '/pos', label: 'Tills', end: true },
        ]
  return (
    <DeskShell area={register ?? 'Till'} pages={pages} who={loaderData.who}>
      <Outlet />
    </DeskShell>
  )
}

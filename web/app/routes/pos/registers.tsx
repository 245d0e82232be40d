import { Link } from 'react-router'
import { findShops } from './find-register.server.ts'
import type { Route } from './+types/registers'

export async function loader({ context, request }: Route.LoaderArgs) {
  return { shops: await findShops(context, request) }
}

export default function Registers({ loaderData }: Route.ComponentProps) {
  const { shops } = loaderData
  if (shops.length === 0) {
    return (
      <div className="empty">
        <h1>No boutique is yours yet</h1>
        <p>Ask your manager to add you to the boutique you work in; its tills then stand here.</p>
      </div>
    )
  }
  return (
    <>
      <h1>Which till is this?</h1>
      <div className="stack" style={{ '--gap': 'var(--space-6)' }}>
        {shops.map((shop) => (
          <section key={shop.id} className="stack">
            <h2 className="title-s">{shop.name}</h2>
            <ul className="row till-registers">
              {shop.registers.map((register) => (
                <li key={register.id}>
                  <Link className="button till-touch" to={`/pos/${register.code}`}>
                    {register.code}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  )
}

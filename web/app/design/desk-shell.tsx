import type { ReactNode } from 'react'
import { Form, NavLink } from 'react-router'

interface DeskShellProps {
  /** The area's name, such as `Till`. */
  area: string
  pages: readonly { to: string; label: string; end?: boolean }[]
  /** Who is at the desk, or the shop; at the end of the bar. */
  who?: string
  children: ReactNode
}

/** The frame of the staff's areas. */
export function DeskShell({ area, pages, who, children }: DeskShellProps) {
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to content
      </a>
      <header className="desk-bar">
        <a className="wordmark" href="/" aria-label="Maison, the store">
          Maison
        </a>
        <p className="desk-area">{area}</p>
        <nav className="desk-nav" aria-label={area}>
          {pages.map((page) => (
            <NavLink key={page.to} to={page.to} end={page.end ?? false}>
              {page.label}
            </NavLink>
          ))}
        </nav>
        <Form method="post" action="/sign-out" className="row desk-end">
          {who === undefined ? null : <span className="soft small">{who}</span>}
          <button className="button button-text" type="submit">
            Sign out
          </button>
        </Form>
      </header>
      <main id="main" className="desk-main">
        {children}
      </main>
    </>
  )
}

import type { ReactNode } from 'react'

// Drawn on one 24 grid with one 1.25 px line. Decoration: the button around it carries the name.
function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      width="24"
      height="24"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.25"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  )
}

export function CloseIcon() {
  return (
    <Icon>
      <path d="M5.5 5.5l13 13M18.5 5.5l-13 13" />
    </Icon>
  )
}

export function SearchIcon() {
  return (
    <Icon>
      <circle cx="10.5" cy="10.5" r="6" />
      <path d="M15 15l5.5 5.5" />
    </Icon>
  )
}

export function BagIcon() {
  return (
    <Icon>
      <path d="M5 8.5h14l1 12H4l1-12z" />
      <path d="M8.5 11V7a3.5 3.5 0 0 1 7 0v4" />
    </Icon>
  )
}

export function PersonIcon() {
  return (
    <Icon>
      <circle cx="12" cy="8" r="4" />
      <path d="M4.5 20.5c.6-4.2 3.6-6.5 7.500-6.500s6.900 2.300 7.500 6.500" />
    </Icon>
  )
}

export function MenuIcon() {
  return (
    <Icon>
      <path d="M3.500 8.500h17M3.500 15.500h17" />
    </Icon>
  )
}

interface InstantProps {
  at: string
  /** With seconds, for following what happened; without, for people who only want to know when. */
  isExact?: boolean
}

/** A moment in UTC, the one clock that people of all the house's countries share. */
export function Instant({ at, isExact = false }: InstantProps) {
  return (
    <time dateTime={at} className="number" style={{ whiteSpace: 'nowrap' }}>
      {(isExact ? exact : short).format(new Date(at))}
    </time>
  )
}

const day = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const
const short = new Intl.DateTimeFormat('en-GB', { ...day, hour: '2-digit', minute: '2-digit' })
const exact = new Intl.DateTimeFormat('en-GB', {
  ...day,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

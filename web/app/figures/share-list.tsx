interface ShareListProps {
  rows: readonly { key: string; name: string; detail: string; value: string; share: number }[]
  empty: string
}

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 })

/** Parts of a whole, largest first as given; the bar repeats what the percentage says. */
export function ShareList({ rows, empty }: ShareListProps) {
  if (rows.length === 0) return <p className="soft">{empty}</p>
  return (
    <ol className="insights-shares">
      {rows.map((row) => (
        <li key={row.key}>
          <span>{row.name}</span>
          <span className="number">{row.value}</span>
          <span className="insights-bar" aria-hidden="true">
            <span style={{ inlineSize: `${Math.min(100, Math.max(0, row.share * 100))}%` }} />
          </span>
          <span className="soft small">{row.detail}</span>
          <span className="soft small number">{percent.format(row.share)}</span>
        </li>
      ))}
    </ol>
  )
}

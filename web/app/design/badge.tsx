interface BadgeProps {
  tone?: 'plain' | 'good' | 'careful' | 'bad'
  children: string
}

/** A state in a word. The word says it; the dot's colour only helps. */
export function Badge({ tone = 'plain', children }: BadgeProps) {
  return <span className={tone === 'plain' ? 'badge' : `badge badge-${tone}`}>{children}</span>
}

import { useI18n } from '#app/i18n/use-i18n.ts'
import { Instant } from '#app/staff/instant.tsx'
import { toWords } from '#app/staff/to-words.ts'
import type { TimelineEntry } from './merge-timeline.ts'

/** One story of an order and its money: what, by whom, when. */
export function Timeline({ story }: { story: readonly TimelineEntry[] }) {
  const { money } = useI18n()
  return (
    <ol className="support-timeline">
      {story.map((entry) => (
        <li key={`${entry.area} ${entry.id}`} data-tone={toneOf(entry.type)}>
          <p className="row row-apart">
            <span>{entry.message === '' ? toWords(entry.type) : entry.message}</span>
            {entry.amount === null ? null : <span className="number">{money(entry.amount)}</span>}
          </p>
          <p className="soft small">
            <Instant at={entry.at} isExact /> · {entry.area} · <code>{entry.type}</code> · {entry.actor}
          </p>
        </li>
      ))}
    </ol>
  )
}

function toneOf(type: string): 'bad' | 'good' | undefined {
  if (/fail|reject|expired|cancel|refus/i.test(type)) return 'bad'
  return /success|confirmed|delivered|fulfilled|recorded/i.test(type) ? 'good' : undefined
}

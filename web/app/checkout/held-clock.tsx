import { useEffect, useState } from 'react'
import { useRevalidator } from 'react-router'
import { useHasScript } from '#app/forms/use-has-script.ts'
import { useI18n } from '#app/i18n/use-i18n.ts'

const longestCountMs = 3_600_000

interface HeldClockProps {
  /** When the goods are free again. */
  until: string
  heldMinutes: number
}

/** How long the goods are held: a thread that is pulled out. Asks the house again when it is at its end. */
export function HeldClock({ until, heldMinutes }: HeldClockProps) {
  const { t, date } = useI18n()
  const hasScript = useHasScript()
  const end = new Date(until).getTime()
  const [now, setNow] = useState(() => Date.now())
  const { revalidate } = useRevalidator()
  const leftMs = Math.max(0, end - now)
  const isOver = leftMs === 0

  useEffect(() => {
    if (isOver) {
      void revalidate()
      return
    }
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [isOver, revalidate])

  // Of days, as a bank transfer has, nobody counts the seconds.
  if (!hasScript || leftMs > longestCountMs)
    return <p className="held">{t('pay.held-until', { time: date(until, { withTime: true }) })}</p>
  const seconds = Math.floor(leftMs / 1_000)
  return (
    <div className="held">
      <p className="small soft">{t('pay.held-until', { time: date(until, { withTime: true }) })}</p>
      <p className="number" role="timer">
        {t('pay.held-left', {
          minutes: Math.floor(seconds / 60),
          seconds: String(seconds % 60).padStart(2, '0'),
        })}
      </p>
      <div
        className="held-thread"
        style={{ '--left': Math.min(1, leftMs / (heldMinutes * 60_000)) }}
        aria-hidden="true"
      />
    </div>
  )
}

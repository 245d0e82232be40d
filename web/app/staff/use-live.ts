import { useEffect, useState } from 'react'
import { useRevalidator } from 'react-router'

/**
 * Asks for the page's data again and again while somebody looks at it, and at once when somebody comes back. False while
 * the house does not answer: what is on the screen stays, and is asked for again when it does.
 */
export function useLive(everyMs: number, isLive = true): boolean {
  const { revalidate, state } = useRevalidator()
  const isIdle = state === 'idle'
  const [isReached, setReached] = useState(true)
  useEffect(() => {
    if (!isLive || !isIdle) return
    let isGone = false
    const ask = async () => {
      if (document.visibilityState !== 'visible') return
      // A page's data that does not come takes the page away with it: first see whether anybody is there.
      const isThere = await canReachHouse()
      if (isGone) return
      setReached(isThere)
      if (isThere) await revalidate()
    }
    const askNow = () => void ask()
    const timer = setInterval(askNow, everyMs)
    document.addEventListener('visibilitychange', askNow)
    return () => {
      isGone = true
      clearInterval(timer)
      document.removeEventListener('visibilitychange', askNow)
    }
  }, [everyMs, isLive, isIdle, revalidate])
  return isReached
}

async function canReachHouse(): Promise<boolean> {
  try {
    return (await fetch('/ready', { cache: 'no-store', signal: AbortSignal.timeout(4_000) })).ok
  } catch {
    return false
  }
}

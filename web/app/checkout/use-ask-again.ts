import { useEffect } from 'react'
import { useRevalidator } from 'react-router'

/** Asks the page's loader again and again while something is awaited; never two at a time. */
export function useAskAgain(isWaiting: boolean, everyMs: number): void {
  const { revalidate, state } = useRevalidator()
  useEffect(() => {
    if (!isWaiting || state !== 'idle') return
    const timer = setTimeout(() => void revalidate(), everyMs)
    return () => {
      clearTimeout(timer)
    }
  }, [isWaiting, everyMs, state, revalidate])
}

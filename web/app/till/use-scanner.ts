import { useEffect, useEffectEvent } from 'react'
import { createWedge } from './wedge.ts'

/**
 * Hears a scanner anywhere on the page. The keys go where they always go; when they turn out to be a scan, the field
 * they landed in gets back what it held before.
 */
export function useScanner(onScan: (code: string) => void): void {
  const tell = useEffectEvent(onScan)
  useEffect(() => {
    const wedge = createWedge()
    let before: { field: HTMLInputElement; value: string } | null = null
    const hear = (event: KeyboardEvent) => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
      const code = wedge.press(event.key, event.timeStamp)
      if (wedge.isBeginning && event.key.length === 1) {
        const { target } = event
        before = target instanceof HTMLInputElement ? { field: target, value: target.value } : null
      }
      if (code === null) return
      // The Enter is the scanner's: it must not press the focused button or send the form.
      event.preventDefault()
      event.stopPropagation()
      if (before !== null) putBack(before.field, before.value)
      tell(code)
    }
    document.addEventListener('keydown', hear, { capture: true })
    return () => {
      document.removeEventListener('keydown', hear, { capture: true })
    }
  }, [])
}

function putBack(field: HTMLInputElement, value: string): void {
  // React watches the property of the element; only the prototype's own setter tells it of a change.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, value)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

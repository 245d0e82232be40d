import { useHasScript } from './use-has-script.ts'

/** Tells an action that the page can show the outcome itself; without a script the action leads to a page that does. */
export function StayHere() {
  return useHasScript() ? <input type="hidden" name="stay" value="1" /> : null
}

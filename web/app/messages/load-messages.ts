import type { Messages } from './en.ts'

/** The texts of a language in the browser, English where there are none yet. */
export async function loadMessages(locale: string): Promise<Messages> {
  if (locale === 'fr') return (await import('./fr.ts')).fr
  if (locale === 'ja') return (await import('./ja.ts')).ja
  return (await import('./en.ts')).en
}

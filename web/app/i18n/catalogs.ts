// The texts that this process holds: all of them on the server, the page's language in the browser. They are put in before
// the first render, so that rendering never waits for them.
import { setupI18n, type I18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import type { Messages } from '#app/messages/en.ts'

const instances = new Map<string, I18n>()

export function addCatalog(locale: string, messages: Messages): void {
  const i18n = setupI18n({ locale, messages: { [locale]: messages } })
  i18n.setMessagesCompiler(compileMessage)
  instances.set(locale, i18n)
}

/** The texts of a locale; where it has none, English, or in the browser the only ones there. */
export function catalogOf(locale: string): I18n {
  const i18n = instances.get(locale) ?? instances.get('en') ?? instances.values().next().value
  if (i18n === undefined) throw new Error('No texts were added before the first render')
  return i18n
}

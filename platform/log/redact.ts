// Keeps secrets and personal data out of log lines: by the name of the field, and by the look of the text, since a
// mail address or a card number also arrives inside somebody else's error message.
import { stdSerializers } from 'pino'

const SECRET_NAME =
  /password|passwd|passphrase|secret|token$|^authorization$|cookie|card[_-]?number|^pan$|^cv[cv]2?$|^pin$|api[_-]?key|private[_-]?key|signature$|^e?mail$|email|^phone|first[_-]?name|last[_-]?name|full[_-]?name|street|postal[_-]?code/i
const MAIL_ADDRESS = /(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+/g
const JWT = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g
const CREDENTIAL = /\b(Bearer|Basic)\s+[\w.~+/=-]+/gi
const QUERY_SECRET = /([?&](?:token|code|ticket|signature|key|secret)=)[^&\s"'<>]+/gi
const URL_PASSWORD = /(:\/\/[^\s:/@]*:)[^\s/@]+(?=@)/g
const CARD_NUMBER = /(?<![\w.-])[2-6]\d{3}([ -]?)\d{4}\1\d{4}\1\d{1,7}(?![\w-])/g

const MAX_DEPTH = 6
const MAX_ITEMS = 50
const MAX_TEXT = 8_192

function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i])
    const doubled = i % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** The text without mail addresses, tokens, passwords in URLs, and card numbers. Cut at 8 kB. */
export function redactText(text: string): string {
  let result =
    text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}… (${String(text.length)} characters)` : text
  if (result.includes('://')) result = result.replace(URL_PASSWORD, '$1[redacted]')
  if (result.includes('@')) result = result.replace(MAIL_ADDRESS, '[mail]')
  if (result.includes('eyJ')) result = result.replace(JWT, '[token]')
  if (result.includes('=')) result = result.replace(QUERY_SECRET, '$1[redacted]')
  result = result.replace(CREDENTIAL, '$1 [redacted]')
  return result.replace(CARD_NUMBER, (match) => (passesLuhn(match.replace(/\D/g, '')) ? '[card]' : match))
}

function redactFields(fields: object, depth: number): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) {
    const isSecret =
      SECRET_NAME.test(name) && value !== null && value !== undefined && typeof value !== 'boolean'
    result[name] = isSecret ? '[redacted]' : redact(value, depth + 1)
  }
  return result
}

/** A copy that may be written to a log: bounded in depth and length, errors spelled out, bigints as text. Never throws. */
export function redact(value: unknown, depth = 0): unknown {
  try {
    return redactValue(value, depth)
  } catch {
    // A getter, a proxy or a toJSON of somebody else's object threw: a log line must not fail the work it reports.
    return '[unprintable]'
  }
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return value
  if (value instanceof Uint8Array) return `[${String(value.byteLength)} bytes]`
  if (depth >= MAX_DEPTH) return '[deeper]'
  if (value instanceof Error) return redactFields(stdSerializers.err(value), depth)
  if (Array.isArray(value)) {
    const items = value.slice(0, MAX_ITEMS).map((item: unknown) => redact(item, depth + 1))
    return value.length > MAX_ITEMS ? [...items, `… (${String(value.length)} items)`] : items
  }
  if (value instanceof Map || value instanceof Set) return redact([...value], depth)
  if ('toJSON' in value && typeof value.toJSON === 'function')
    return redact((value.toJSON as () => unknown).call(value), depth + 1)
  return redactFields(value, depth)
}

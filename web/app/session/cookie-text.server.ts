/** Names and values of a `Cookie` header; the first of a repeated name wins, what cannot be decoded is left out. */
export function parseCookie(header: string): Map<string, string> {
  const values = new Map<string, string>()
  for (const part of header.split(';')) {
    const at = part.indexOf('=')
    if (at < 1) continue
    const name = part.slice(0, at).trim()
    if (values.has(name)) continue
    try {
      values.set(name, decodeURIComponent(part.slice(at + 1).trim()))
    } catch {
      // Somebody else's cookie, or a forged one: as if it were not there.
    }
  }
  return values
}

/** A `Set-Cookie` line: HttpOnly, SameSite=Lax, the whole site; age 0 forgets. */
export function stringifySetCookie(
  name: string,
  value: string,
  options: { maxAgeSeconds: number; isSecure: boolean },
): string {
  const age = Math.max(0, Math.floor(options.maxAgeSeconds))
  const line = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax`
  return options.isSecure ? `${line}; Secure` : line
}

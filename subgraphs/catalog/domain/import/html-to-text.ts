const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  rsquo: '’',
  lsquo: '‘',
  rdquo: '”',
  ldquo: '“',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
  uuml: 'ü',
  ouml: 'ö',
  auml: 'ä',
  szlig: 'ß',
  reg: '®',
  trade: '™',
  copy: '©',
  deg: '°',
  frac12: '½',
  times: '×',
  bull: '•',
  euro: '€',
  pound: '£',
}
const block = /^\/?(?:p|div|ul|ol|table|tr|h[1-6]|section|article|blockquote|header|footer)$/

/**
 * HTML of a shop's back office as plain text: paragraphs divided by an empty line, items of lists by a dash. In time
 * linear in the length, whatever the HTML looks like.
 */
export function htmlToText(html: string): string {
  let text = ''
  let position = 0
  while (position < html.length) {
    const open = html.indexOf('<', position)
    if (open === -1) break
    text += html.slice(position, open)
    // A `<` that opens no tag, or that nothing closes, is a sign.
    const close = /[a-z/!]/i.test(html[open + 1] ?? '') ? html.indexOf('>', open) : open
    if (close === -1) {
      position = open
      break
    }
    if (close === open) {
      text += '<'
      position = open + 1
      continue
    }
    const tag =
      /^\/?[a-z0-9]+/i.exec(html.slice(open + 1, Math.min(close, open + 20)))?.[0].toLowerCase() ?? ''
    text += tag === 'br' ? '\n' : tag === 'li' ? '\n– ' : block.test(tag) ? '\n\n' : ''
    position = close + 1
    if (tag === 'script' || tag === 'style') {
      const end = html.indexOf(`</${tag}`, position)
      position = end === -1 ? html.length : end
    }
  }
  text += html.slice(position)
  return decodeEntities(text)
    .replace(/[^\S\n]+/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z0-9]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return Object.hasOwn(named, name) ? (named[name] ?? whole) : whole
    const code = typeof decimal === 'string' ? Number(decimal) : parseInt(String(hex), 16)
    const isCharacter = code > 31 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
    return isCharacter ? String.fromCodePoint(code) : ' '
  })
}

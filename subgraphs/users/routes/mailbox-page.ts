import type { StoredMail } from '#platform/mail/mailbox.ts'

const style = `
  :root { color-scheme: light; font: 16px/1.6 "Helvetica Neue", Helvetica, Arial, sans-serif; color: #1c1a18; background: #f7f5f2 }
  body { margin: 0; padding: 48px 20px }
  main { max-width: 760px; margin: 0 auto }
  h1 { font: 400 30px/1.3 Didot, "Bodoni MT", Georgia, serif; margin: 0 0 8px; overflow-wrap: anywhere }
  p, dl { margin: 0 0 24px; color: #6b655d }
  a { color: inherit }
  ol { list-style: none; margin: 0; padding: 0; background: #fff }
  li a { display: grid; gap: 2px 24px; grid-template-columns: 1fr auto; padding: 18px 24px; text-decoration: none; border-bottom: 1px solid #ece7e0 }
  li a:hover, li a:focus-visible { background: #fbfaf8 }
  li strong { font-weight: 500; overflow-wrap: anywhere }
  li span, time { color: #6b655d; font-size: 14px; overflow-wrap: anywhere }
  dl { display: grid; grid-template-columns: auto 1fr; gap: 4px 16px; font-size: 14px }
  dd { margin: 0; color: #1c1a18; overflow-wrap: anywhere }
  iframe { display: block; width: 100%; height: 720px; border: 0; background: #fff; margin: 0 0 24px }
  ul { padding: 0; list-style: none; font-size: 14px; overflow-wrap: anywhere }
`

/** All letters, the newest first. */
export function mailboxPage(mails: readonly StoredMail[]): string {
  const items = mails.map(
    (mail) => `<li><a href="/dev/mailbox/${mail.id}"><strong>${escape(mail.subject)}</strong>${time(mail)}
      <span>${escape(mail.to)}</span></a></li>`,
  )
  const list = items.length > 0 ? `<ol>${items.join('')}</ol>` : '<p>No letter has been sent yet.</p>'
  return page(
    'Mailbox',
    `<h1>Mailbox</h1><p>Letters of this house stay here instead of being mailed.</p>${list}`,
  )
}

/** One letter as a mail program would show it, shut off from the page, and its links once more below it. */
export function mailPage(mail: StoredMail): string {
  const links = linksOf(mail.text).map((url) => `<li><a href="${escape(url)}">${escape(url)}</a></li>`)
  return page(
    mail.subject,
    `<p><a href="/dev/mailbox">← Mailbox</a></p>
    <h1>${escape(mail.subject)}</h1>
    <dl><dt>To</dt><dd>${escape(mail.to)}</dd><dt>At</dt><dd>${time(mail)}</dd></dl>
    <iframe title="The letter" sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
      srcdoc="${escape(withTopLinks(mail.html))}"></iframe>
    ${links.length > 0 ? `<h2>Links</h2><ul>${links.join('')}</ul>` : ''}`,
  )
}

/** A page that runs no script and fetches nothing. */
export const mailboxHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const

function page(title: string, content: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>${escape(title)} · Maison</title><style>${style}</style></head><body><main>${content}</main></body></html>`
}

function time({ sentAt }: StoredMail): string {
  return `<time datetime="${escape(sentAt)}">${escape(sentAt.slice(0, 19).replace('T', ' '))} UTC</time>`
}

/** A link in the frame leads out of it. */
function withTopLinks(html: string): string {
  return html.replaceAll(/ target="_blank"/g, ' target="_top"')
}

function linksOf(text: string): string[] {
  return [...new Set(text.match(/https?:\/\/[^\s<>"']+/g) ?? [])].slice(0, 20)
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

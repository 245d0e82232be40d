import { createTransport } from 'nodemailer'
import { assertSendable, type Mailer } from './mail.ts'

interface SmtpOptions {
  /** `smtps://user:password@host:465`, or `smtp://…:587?requireTLS=true`. */
  url: string
  /** The sender: `Maison <no-reply@maison.example>` or a bare address. */
  from: string
}

/** Mail over SMTP, through at most five kept connections. The server's refusal rejects with its `responseCode`. */
export function createSmtpMailer({ url, from }: SmtpOptions): Mailer {
  const domain = /@([^\s>]+)>?$/.exec(from)?.[1]
  if (domain === undefined) throw new TypeError('The sender is not a mail address')
  const settings = new URL(url)
  const transport = createTransport({
    host: settings.hostname,
    port: Number(settings.port || (settings.protocol === 'smtps:' ? 465 : 587)),
    secure: settings.protocol === 'smtps:',
    requireTLS: settings.searchParams.get('requireTLS') === 'true',
    ...(settings.username === ''
      ? {}
      : {
          auth: { user: decodeURIComponent(settings.username), pass: decodeURIComponent(settings.password) },
        }),
    pool: true,
    maxConnections: 5,
    // A server that says nothing must not hold a caller for nodemailer's ten minutes.
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 20_000,
    // A template is ours, but what it shows is not: nothing in it may read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  })

  return {
    send: async (message) => {
      assertSendable(message)
      const { to, subject, html, text, messageId, locale } = message
      await transport.sendMail({
        from,
        to: { name: '', address: to },
        subject,
        html,
        text,
        messageId: `<${messageId}@${domain}>`,
        headers: {
          // Asks vacation notices and ticket systems not to answer (RFC 3834).
          'Auto-Submitted': 'auto-generated',
          ...(locale === undefined ? {} : { 'Content-Language': locale }),
        },
      })
    },
    close: () => {
      transport.close()
      return Promise.resolve()
    },
  }
}

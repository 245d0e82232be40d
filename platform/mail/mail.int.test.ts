import { mkdtemp, readdir, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { describe, expect, onTestFinished, test } from 'vitest'
import { fixedClock } from '../time/clock.ts'
import type { MailMessage } from './mail.ts'
import { type Mailbox, openMailbox } from './mailbox.ts'
import { createSmtpMailer } from './smtp.ts'

const message: MailMessage = {
  to: 'ada@example.com',
  subject: 'Votre commande n° 1042 — 袋',
  html: '<p>Bonjour é 袋 <b>Ada</b></p>',
  text: 'Bonjour é 袋 Ada\n.\nFin',
  messageId: '01890a5d-ac96-774b-bcce-b302099a8057',
  locale: 'fr-FR',
}
const bad: [string, Partial<MailMessage>][] = [
  ['no address', { to: 'ada' }],
  ['a list', { to: 'ada@example.com, bob@example.com' }],
  ['a display name', { to: 'Ada <ada@example.com>' }],
  ['a second header in the address', { to: 'ada@example.com\r\nBcc: bob@example.com' }],
  ['a second header in the subject', { subject: 'Hello\r\nBcc: bob@example.com' }],
]

async function newMailbox(): Promise<{ mailbox: Mailbox; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'maison-mail-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return {
    mailbox: await openMailbox(folder, { clock: fixedClock(new Date('2026-11-20T10:00:00Z')) }),
    folder,
  }
}

interface Received {
  from: string
  to: string[]
  mail: Email
}

/** A real SMTP server in this process; `refusals` answers the next mails with 451. */
async function startServer(
  options: { refusals?: number; auth?: boolean } = {},
): Promise<{ port: number; received: Received[] }> {
  const received: Received[] = []
  let refusals = options.refusals ?? 0
  const server = new SMTPServer({
    authOptional: options.auth !== true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth({ username, password }, _session, done) {
      if (username === 'us er' && password === 'p@ss') done(null, { user: username })
      else done(new Error('Wrong password'))
    },
    onData(stream, session, done) {
      buffer(stream)
        .then(async (raw) => {
          if (refusals > 0) {
            refusals -= 1
            done(Object.assign(new Error('Try again later'), { responseCode: 451 }))
            return
          }
          const { mailFrom, rcptTo } = session.envelope
          const from = mailFrom === false ? '' : mailFrom.address
          received.push({ from, to: rcptTo.map(({ address }) => address), mail: await PostalMime.parse(raw) })
          done()
        })
        .catch(done)
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(
    () =>
      new Promise<void>((done) => {
        server.close(done)
      }),
  )
  return { port: (server.server.address() as AddressInfo).port, received }
}

function mailerTo(port: number, credentials = ''): ReturnType<typeof createSmtpMailer> {
  const url = `smtp://${credentials}127.0.0.1:${String(port)}`
  const mailer = createSmtpMailer({ url, from: 'Maison <no-reply@maison.example>' })
  onTestFinished(() => mailer.close())
  return mailer
}

describe('the mailbox', () => {
  test('a mail can be read as it was sent, and another opening of the folder sees it', async () => {
    const { mailbox, folder } = await newMailbox()
    await mailbox.send(message)
    const [listed] = await mailbox.list({ limit: 10 })
    expect(listed).toEqual({
      ...message,
      id: expect.any(String) as string,
      sentAt: '2026-11-20T10:00:00.000Z',
    })
    const again = await openMailbox(folder)
    expect(await again.get(listed?.id ?? '')).toEqual(listed)
  })

  test('a repeated id is the same mail, also when many send it at once', async () => {
    const { mailbox, folder } = await newMailbox()
    await Promise.all(Array.from({ length: 20 }, (_, i) => mailbox.send({ ...message, text: String(i) })))
    expect(await mailbox.list({ limit: 10 })).toHaveLength(1)
    expect(await readdir(folder)).toHaveLength(1)
  })

  test('the list is bounded, the newest first', async () => {
    const { mailbox } = await newMailbox()
    for (let i = 0; i < 12; i += 1) await mailbox.send({ ...message, messageId: `m-${String(i)}` })
    expect((await mailbox.list({ limit: 3 })).map(({ messageId }) => messageId)).toEqual([
      'm-11',
      'm-10',
      'm-9',
    ])
  })

  test('the folder does not grow for ever', async () => {
    const { mailbox, folder } = await newMailbox()
    for (let i = 0; i < 650; i += 1) await mailbox.send({ ...message, messageId: `m-${String(i)}` })
    expect((await readdir(folder)).length).toBeLessThanOrEqual(550)
    expect((await mailbox.list({ limit: 1 }))[0]?.messageId).toBe('m-649')
  })

  test.each(['', '..', '../../etc/passwd', 'x'.repeat(32), 'a'.repeat(32)])(
    'no mail has the id %j',
    async (id) => {
      const { mailbox } = await newMailbox()
      expect(await mailbox.get(id)).toBeNull()
    },
  )

  test.each(bad)('%s is refused', async (_, change) => {
    const { mailbox } = await newMailbox()
    await expect(mailbox.send({ ...message, ...change })).rejects.toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT' }),
    )
  })
})

describe('SMTP', () => {
  test('the mail arrives with its texts, languages and headers whole', async () => {
    const { port, received } = await startServer()
    await mailerTo(port).send(message)
    expect(received).toHaveLength(1)
    expect(received[0]).toMatchObject({
      from: 'no-reply@maison.example',
      to: ['ada@example.com'],
      mail: {
        from: { name: 'Maison', address: 'no-reply@maison.example' },
        subject: message.subject,
        messageId: `<${message.messageId}@maison.example>`,
        text: expect.stringContaining('Bonjour é 袋 Ada\n.\nFin') as string,
        html: expect.stringContaining(message.html) as string,
      },
    })
    const headers = Object.fromEntries(
      (received[0]?.mail.headers ?? []).map(({ key, value }) => [key, value]),
    )
    expect(headers).toMatchObject({ 'content-language': 'fr-FR', 'auto-submitted': 'auto-generated' })
  })

  test('a mail sent again carries the same id', async () => {
    const { port, received } = await startServer({ refusals: 1 })
    const mailer = mailerTo(port)
    await expect(mailer.send(message)).rejects.toMatchObject({ responseCode: 451 })
    await mailer.send(message)
    await mailer.send(message)
    expect(received.map(({ mail }) => mail.messageId)).toEqual(
      Array(2).fill(`<${message.messageId}@maison.example>`),
    )
  })

  test('a hundred mails go through a few connections', async () => {
    const { port, received } = await startServer()
    const mailer = mailerTo(port)
    const ids = Array.from({ length: 100 }, (_, i) => `m-${String(i)}`)
    await Promise.all(ids.map((messageId) => mailer.send({ ...message, messageId })))
    expect(new Set(received.map(({ mail }) => mail.messageId)).size).toBe(100)
  })

  test('the user and password of the URL are used, decoded', async () => {
    const { port, received } = await startServer({ auth: true })
    await mailerTo(port, 'us%20er:p%40ss@').send(message)
    expect(received).toHaveLength(1)
    await expect(mailerTo(port, 'us%20er:wrong@').send(message)).rejects.toThrow()
  })

  test('TLS that is required and not offered is an error, not a mail in the clear', async () => {
    const { port, received } = await startServer()
    const mailer = createSmtpMailer({
      url: `smtp://127.0.0.1:${String(port)}?requireTLS=true`,
      from: 'a@maison.example',
    })
    onTestFinished(() => mailer.close())
    await expect(mailer.send(message)).rejects.toThrow()
    expect(received).toHaveLength(0)
  })

  test('no server is an error', async () => {
    await expect(mailerTo(1).send(message)).rejects.toThrow()
  })

  test.each(bad)('%s never reaches the server', async (_, change) => {
    const { port, received } = await startServer()
    await expect(mailerTo(port).send({ ...message, ...change })).rejects.toThrow()
    expect(received).toHaveLength(0)
  })
})

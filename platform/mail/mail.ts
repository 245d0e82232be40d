import { badInput } from '../errors/errors.ts'

export interface MailMessage {
  to: string
  subject: string
  html: string
  text: string
  /** Our own id of this mail, repeated when it is sent again after a crash: the same id is the same mail. */
  messageId: string
  /** BCP 47, told to the reader's mail program. */
  locale?: string
}

/**
 * Sends one mail to one person. Resolves when it was taken over for delivery; rejects when it may not have been, and
 * the caller sends again with the same `messageId`. Throws BAD_USER_INPUT for an address or subject that cannot be one.
 */
export interface Mailer {
  send(message: MailMessage): Promise<void>
  close(): Promise<void>
}

// One plain address: no display name, no list, no quoting, nothing that could begin another header line.
const ADDRESS = /^[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"]{1,189}$/u
const MESSAGE_ID = /^[\w.-]{1,128}$/

/** Throws BAD_USER_INPUT (or TypeError for a bad `messageId`, which is ours) when the message cannot be sent. */
export function assertSendable({ to, subject, messageId }: MailMessage): void {
  if (!ADDRESS.test(to)) throw badInput('This is not a mail address.')
  if (/[\r\n\0]/.test(subject)) throw badInput('A subject is one line.')
  if (!MESSAGE_ID.test(messageId))
    throw new TypeError('A messageId is made of letters, digits, points and dashes')
}

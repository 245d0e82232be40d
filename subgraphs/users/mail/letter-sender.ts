import { notFound, RequestError } from '#platform/errors/errors.ts'
import type { Logger } from '#platform/log/logger.ts'
import type { Mailer } from '#platform/mail/mail.ts'
import type { Clock } from '#platform/time/clock.ts'
import { claimLetters, type DueLetter } from '../data/claim-letters.ts'
import type { UsersDatabase } from '../data/users-database.ts'
import { retryAfterMs } from '../domain/letter-retry.ts'
import type { SecretTokens } from '../security/secret-tokens.ts'
import { parseLetterData } from './letter-data.ts'
import { writeLetter } from './write-letter.ts'

const atOnce = 5

export interface LetterSender {
  /** Something was committed: there may be letters. Cheap. */
  nudge(): void
  /** Sends all that is due. */
  run(): Promise<void>
  /** Takes no more letters and waits for those under way. */
  stop(): Promise<void>
}

/**
 * Mails the letters that use cases have written. No transaction is open while a mail server thinks; the letter's id is the
 * mail's, so that a letter sent again after a crash is known for the same.
 */
export function createLetterSender(options: {
  database: UsersDatabase
  mailer: Mailer
  secretTokens: SecretTokens
  publicUrl: string
  clock: Clock
  log: Logger
}): LetterSender {
  const { mailer, secretTokens, publicUrl, clock, log } = options
  const { prisma } = options.database
  let running: Promise<void> | null = null
  let again = false
  let stopped = false

  async function sendAllDue(): Promise<void> {
    while (!stopped) {
      const letters = await claimLetters(prisma, atOnce, clock.now())
      if (letters.length === 0) return
      await Promise.all(letters.map(send))
    }
  }

  async function send(letter: DueLetter): Promise<void> {
    const { id, user } = letter
    try {
      if (!user.isActive) throw notFound('The account is closed.')
      const { subject, html, text, locale } = await writeLetter(parseLetterData(letter.kind, letter.data), {
        reader: user,
        locale: letter.locale,
        publicUrl,
        linkToken: secretTokens.ofLink,
      })
      await mailer.send({ to: user.email, subject, html, text, messageId: id, locale })
      await prisma.notification.update({ where: { id }, data: { state: 'SENT', sentAt: clock.now() } })
    } catch (error) {
      await keepFailure(letter, error)
    }
  }

  async function keepFailure({ id, kind, attempts }: DueLetter, error: unknown): Promise<void> {
    // An address that no mail server takes, or a closed account, will be the same tomorrow.
    const pauseMs = error instanceof RequestError ? null : retryAfterMs(attempts)
    log.warn(
      { err: error, notificationId: id, kind, attempts, isLast: pauseMs === null },
      'A letter was not sent',
    )
    await prisma.notification.update({
      where: { id },
      data: {
        // The name only: a mail server's answer quotes the address.
        lastError: error instanceof Error ? error.name : 'unknown',
        ...(pauseMs === null
          ? { state: 'FAILED' as const }
          : { nextAttemptAt: new Date(clock.now().getTime() + pauseMs) }),
      },
    })
  }

  async function run(): Promise<void> {
    // What runs may have looked before the caller wrote: one more round after it.
    again = true
    running ??= sendUntilQuiet()
    await running
  }

  async function sendUntilQuiet(): Promise<void> {
    try {
      while (again && !stopped) {
        again = false
        await sendAllDue()
      }
    } finally {
      // At once with the last look at `again`, so that a run asked for now begins anew.
      running = null
    }
  }

  return {
    nudge: () => {
      run().catch((error: unknown) => {
        log.warn({ err: error }, 'Letters cannot be read; the next sweep tries again')
      })
    },
    run,
    stop: async () => {
      stopped = true
      await running?.catch(() => undefined)
    },
  }
}

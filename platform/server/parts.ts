import { join } from 'node:path'
import { z } from 'zod'
import type { Blobs } from '../blobs/blobs.ts'
import { createFolderBlobs } from '../blobs/folder-blobs.ts'
import { createS3Blobs } from '../blobs/s3-blobs.ts'
import type { Cache } from '../cache/cache.ts'
import { createMemoryCache } from '../cache/memory-cache.ts'
import { connectRedisCache } from '../cache/redis-cache.ts'
import type { Bus } from '../events/bus.ts'
import { createInProcessBus } from '../events/in-process-bus.ts'
import { connectRabbitBus } from '../events/rabbit-bus.ts'
import type { Logger } from '../log/logger.ts'
import type { Mailer } from '../mail/mail.ts'
import { type Mailbox, openMailbox } from '../mail/mailbox.ts'
import { createSmtpMailer } from '../mail/smtp.ts'
import { type Clock, systemClock } from '../time/clock.ts'

/** What a process needs besides its own database. Each part is a real service when configured, else an embedded one. */
export const partsConfig = z.object({
  AMQP_URL: z.url().optional().describe('RabbitMQ, amqp://user:password@host:5672'),
  AMQP_PREFIX: z.string().default('').describe('before every name in the broker, when houses share one'),
  REDIS_URL: z.url().optional().describe('Redis, redis://host:6379'),
  REDIS_PREFIX: z.string().default('').describe('before every key in Redis, when houses share one'),
  SMTP_URL: z.url().optional().describe('mail server, smtp://user:password@host:587'),
  S3_BUCKET: z.string().optional().describe('bucket for pictures, uploads and documents'),
  S3_REGION: z.string().default('eu-west-3'),
  S3_ENDPOINT: z.url().optional().describe('a store that is not Amazon’s'),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  MAIL_FROM: z.string().default('Maison <no-reply@maison.example>'),
  DATA_FOLDER: z.string().default('.maison').describe('where the embedded parts keep their files'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export type PartsConfig = z.infer<typeof partsConfig>

export interface Parts {
  readonly bus: Bus
  readonly blobs: Blobs
  readonly mailer: Mailer
  /** The mailer's letters, when mail is embedded; null with a real mail server. */
  readonly mailbox: Mailbox | null
  readonly cache: Cache
  readonly clock: Clock
  readonly log: Logger
}

export interface OpenParts extends Parts {
  /** What stands behind each part, for the start-up to say. */
  readonly described: readonly { part: string; by: string; isReal: boolean }[]
  /** Closes everything but the bus, which the owner closes first. */
  close(): Promise<void>
}

/** Opens each part; rejects when a configured service does not answer. */
export async function openParts(config: PartsConfig, log: Logger): Promise<OpenParts> {
  const folder = (name: string) => join(config.DATA_FOLDER, name)
  const bus = config.AMQP_URL
    ? await connectRabbitBus({ url: config.AMQP_URL, prefix: config.AMQP_PREFIX, log })
    : createInProcessBus({ deadLetterFolder: folder('dead-letters'), log })
  const cache = config.REDIS_URL
    ? await connectRedisCache({ url: config.REDIS_URL, prefix: config.REDIS_PREFIX, log })
    : createMemoryCache({ maxBytes: 64 * 1024 * 1024 })
  const blobs = await openBlobs(config, folder('blobs'))
  const mailbox = config.SMTP_URL ? null : await openMailbox(folder('mailbox'))
  const mailer = mailbox ?? createSmtpMailer({ url: config.SMTP_URL ?? '', from: config.MAIL_FROM })
  return {
    bus,
    cache,
    blobs,
    mailbox,
    mailer,
    clock: systemClock,
    log,
    described: [
      { part: 'Events', by: config.AMQP_URL ? 'RabbitMQ' : 'in this process', isReal: !!config.AMQP_URL },
      { part: 'Cache', by: config.REDIS_URL ? 'Redis' : 'in this process', isReal: !!config.REDIS_URL },
      {
        part: 'Files',
        by: config.S3_BUCKET ? `bucket ${config.S3_BUCKET}` : 'a folder',
        isReal: !!config.S3_BUCKET,
      },
      { part: 'Mail', by: config.SMTP_URL ? 'SMTP' : 'a mailbox page', isReal: !!config.SMTP_URL },
    ],
    close: async () => {
      await Promise.all([cache.close(), mailer.close()])
    },
  }
}

async function openBlobs(config: PartsConfig, folder: string): Promise<Blobs> {
  if (!config.S3_BUCKET) return createFolderBlobs(folder)
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = config
  return createS3Blobs({
    bucket: config.S3_BUCKET,
    region: config.S3_REGION,
    ...(config.S3_ENDPOINT !== undefined && { endpoint: config.S3_ENDPOINT }),
    ...(accessKeyId && secretAccessKey && { credentials: { accessKeyId, secretAccessKey } }),
  })
}

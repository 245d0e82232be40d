import { uuidv7 } from '#platform/ids/uuid.ts'
import type { NotificationKind, Prisma } from '../data/generated/client.ts'
import type { Tx } from '../data/users-database.ts'

/** Writes a letter that is to be mailed after the commit. The same cause makes one letter; an unknown person none. */
export async function notify(
  tx: Tx,
  letter: {
    userId: string
    kind: NotificationKind
    cause: string
    /** The person's own when it is null. */
    locale: string | null
    data: Prisma.InputJsonObject
    now: Date
  },
): Promise<void> {
  const { userId, kind, cause, locale, data, now } = letter
  await tx.$executeRaw`
    INSERT INTO notifications (id, user_id, kind, cause, locale, data, created_at, next_attempt_at)
    SELECT ${uuidv7()}::uuid, id, ${kind}::notification_kind, ${cause}, coalesce(${locale}, locale),
           ${JSON.stringify(data)}::jsonb, ${now}, ${now}
      FROM users WHERE id = ${userId}::uuid
    ON CONFLICT (cause) DO NOTHING`
}

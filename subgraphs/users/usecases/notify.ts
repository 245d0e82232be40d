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
  const { userId, kind, cause, data, now } = letter
  const user = await tx.user.findUnique({ where: { id: userId }, select: { locale: true } })
  if (!user) return
  await tx.notification.createMany({
    data: {
      id: uuidv7(),
      userId,
      kind,
      cause,
      locale: letter.locale ?? user.locale,
      data,
      createdAt: now,
      nextAttemptAt: now,
    },
    skipDuplicates: true,
  })
}

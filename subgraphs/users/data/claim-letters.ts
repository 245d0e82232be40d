import type { Notification, User } from './generated/client.ts'
import type { PrismaClient } from './generated/client.ts'

export type DueLetter = Notification & { user: User }

/** For so long a letter belongs to the process that took it; after that another takes it over. */
const leaseMs = 60_000

/** Takes letters that are due, each by one process at a time, and counts the attempt. Holds no lock when it returns. */
export async function claimLetters(prisma: PrismaClient, limit: number, now: Date): Promise<DueLetter[]> {
  const taken = await prisma.$queryRaw<{ id: string }[]>`
    UPDATE notifications SET attempts = attempts + 1, next_attempt_at = ${new Date(now.getTime() + leaseMs)}
    WHERE id IN (
      SELECT id FROM notifications WHERE state = 'PENDING' AND next_attempt_at <= ${now}
      ORDER BY next_attempt_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING id`
  if (taken.length === 0) return []
  return await prisma.notification.findMany({
    where: { id: { in: taken.map(({ id }) => id) } },
    include: { user: true },
    orderBy: { id: 'asc' },
  })
}

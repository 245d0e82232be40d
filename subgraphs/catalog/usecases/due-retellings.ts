import type { Tx } from '../data/catalog-database.ts'

export interface DueMoment {
  kind: 'PRODUCT' | 'PROMOTION'
  subjectId: string
  dueAt: Date
}

/** Notes that something is to be told again at these moments, those to come among them; the job `due` does it. */
export async function planRetellings(tx: Tx, moments: readonly DueMoment[], now: Date): Promise<void> {
  const toCome = moments.filter(({ dueAt }) => dueAt > now)
  if (toCome.length > 0) await tx.dueRetelling.createMany({ data: toCome, skipDuplicates: true })
}

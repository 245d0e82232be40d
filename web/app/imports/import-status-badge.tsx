import { Badge } from '#app/design/badge.tsx'
import type { ImportStatus } from '#generated/graphql.ts'

const words: Readonly<Record<ImportStatus, [string, 'plain' | 'good' | 'careful' | 'bad']>> = {
  QUEUED: ['Waiting', 'plain'],
  VALIDATING: ['Reading the head', 'plain'],
  RUNNING: ['Running', 'careful'],
  COMPLETED: ['Complete', 'good'],
  COMPLETED_WITH_ERRORS: ['Complete, with errors', 'careful'],
  FAILED: ['Failed', 'bad'],
  CANCELED: ['Cancelled', 'plain'],
}

export function ImportStatusBadge({ status }: { status: ImportStatus }) {
  const [text, tone] = words[status]
  return <Badge tone={tone}>{text}</Badge>
}

import type { ImportStatus } from '#generated/graphql.ts'

export function isUnderWay({ status }: { status: ImportStatus }): boolean {
  return status === 'QUEUED' || status === 'VALIDATING' || status === 'RUNNING'
}

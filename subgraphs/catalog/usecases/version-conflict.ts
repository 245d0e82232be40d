/** Somebody else has changed a thing since it was read. */
export interface VersionConflict {
  kind: 'VersionConflictError'
  message: string
  currentVersion: number
}

export function versionConflict(currentVersion: number): VersionConflict {
  return {
    kind: 'VersionConflictError',
    message: 'Somebody has changed this meanwhile. Read it again, then change it.',
    currentVersion,
  }
}

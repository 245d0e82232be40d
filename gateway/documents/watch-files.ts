import { type FSWatcher, statSync, watch } from 'node:fs'
import { dirname } from 'node:path'

/** A file is often written in several steps, and several files at a time. */
const settleMs = 200

/**
 * Calls `onChange` after one of the files was written, replaced, made or removed, once things have settled. Folders are
 * watched, since a file that is replaced is another file under its name; besides, the files are looked at every `pollMs`.
 * Keeps no process alive.
 */
export function watchFiles(
  files: readonly string[],
  pollMs: number,
  onChange: () => void,
): { close(): void } {
  let known = markOf(files)
  let settling: NodeJS.Timeout | null = null

  function look(): void {
    settling = null
    const mark = markOf(files)
    if (mark === known) return
    known = mark
    onChange()
  }

  function lookSoon(): void {
    settling?.refresh()
    settling ??= setTimeout(look, settleMs).unref()
  }

  const watchers = [...new Set(files.map((file) => dirname(file)))].flatMap((folder) => {
    const watcher = watchFolder(folder, lookSoon)
    return watcher ? [watcher] : []
  })
  const poll = setInterval(() => {
    if (!settling && markOf(files) !== known) lookSoon()
  }, pollMs).unref()
  return {
    close: () => {
      if (settling) clearTimeout(settling)
      clearInterval(poll)
      for (const watcher of watchers) watcher.close()
    },
  }
}

/** Null when the folder cannot be watched: not there yet, or too many watched. Looking now and then must do. */
function watchFolder(folder: string, onEvent: () => void): FSWatcher | null {
  try {
    const watcher = watch(folder, { persistent: false }, onEvent)
    watcher.on('error', () => {
      watcher.close()
    })
    return watcher
  } catch {
    return null
  }
}

function markOf(files: readonly string[]): string {
  return files
    .map((file) => {
      const stat = statSync(file, { bigint: true, throwIfNoEntry: false })
      return stat ? `${String(stat.ino)} ${String(stat.mtimeNs)} ${String(stat.size)}` : 'none'
    })
    .join('\n')
}

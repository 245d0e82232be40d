import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

export interface Supervised {
  readonly name: string
  readonly url: string
  pid(): number | undefined
  /** Resolves when `/ready` answers 200; rejects after a minute or when the process gives up at start. */
  ready(): Promise<void>
  /** SIGTERM, and SIGKILL to one that has not ended after 6 s. */
  stop(): Promise<void>
}

const root = resolve(import.meta.dirname, '..')
const flags = ['--max-semi-space-size=64', '--disable-proto=delete']

/** Keeps one process of the house running: one that dies after it was ready is started again, half a second later. */
export function supervise(options: {
  name: string
  script: string
  env: Record<string, string | undefined>
  url: string
}): Supervised {
  const { name, url } = options
  let child: ChildProcess
  let ended: Promise<void>
  let isStopping = false
  let wasReady = false

  function start(): void {
    child = spawn(process.execPath, [...flags, options.script], {
      cwd: root,
      env: options.env,
      stdio: 'inherit',
    })
    ended = new Promise((done) => {
      child.once('exit', (code, signal) => {
        done()
        if (isStopping || !wasReady) return
        process.stderr.write(`  ${name} ended (${signal ?? String(code)}); starting it again\n`)
        setTimeout(() => {
          if (!isStopping) start()
        }, 500)
      })
    })
  }
  start()

  async function isReady(): Promise<boolean> {
    try {
      return (await fetch(`${url}/ready`, { signal: AbortSignal.timeout(2_000) })).ok
    } catch {
      return false
    }
  }

  return {
    name,
    url,
    pid: () => child.pid,
    ready: async () => {
      for (let tries = 0; tries < 300; tries++) {
        if (child.exitCode !== null) throw new Error(`${name} did not start; what it said is above`)
        if (await isReady()) {
          wasReady = true
          return
        }
        await wait(200)
      }
      throw new Error(`${name} was not ready within a minute`)
    },
    stop: async () => {
      isStopping = true
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const force = setTimeout(() => child.kill('SIGKILL'), 6_000)
      await ended
      clearTimeout(force)
    },
  }
}

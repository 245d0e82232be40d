// The gateway as several processes on one port.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { freePort } from './free-port.ts'

const redisUrl = process.env.TEST_REDIS_URL
const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0)) if (child.exitCode === null) child.kill('SIGKILL')
})

function start(env: Record<string, string>): ChildProcess {
  const main = join(import.meta.dirname, '../main.ts')
  const child = spawn(process.execPath, ['--disable-proto=delete', main], {
    env: { PATH: process.env.PATH, GATEWAY_SECRET: 'a secret for tests only', LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  return child
}

test('more than one worker without Redis is refused in one line', async () => {
  const child = start({ WORKERS: '2' })
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  expect(await once(child, 'exit')).toEqual([1, null])
  expect(said).toContain('WORKERS: more than one worker needs REDIS_URL')
})

// Windows has no list of a process's children that needs no tool.
describe.skipIf(redisUrl === undefined || process.platform === 'win32')('two workers', () => {
  test('one that dies takes along only what it had in hand, not what it counted, and is replaced; all end together', async () => {
    const port = await freePort()
    const metricsPort = String(await freePort())
    const parent = start({
      ...{ WORKERS: '2', REDIS_URL: redisUrl ?? '', PORT: String(port), METRICS_PORT: metricsPort },
    })
    const url = `http://127.0.0.1:${String(port)}/live`
    let said = ''
    parent.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    await vi.waitFor(() => expect(said.match(/"msg":"ready"/g)).toHaveLength(2), { timeout: 30_000 })
    const refused = async () => {
      const metrics = await fetch(`http://127.0.0.1:${metricsPort}/metrics`)
      return /refusals_total\{code="METHOD_NOT_ALLOWED"\} (\d+)/.exec(await metrics.text())?.[1]
    }
    for (let asked = 0; asked < 20; asked++) {
      const headers = { connection: 'close' }
      const { status } = await fetch(url.replace('/live', '/graphql'), { method: 'PUT', headers })
      expect(status).toBe(405)
    }
    expect(await refused()).toBe('20')
    const [first] = workersOf(parent)
    if (first === undefined) throw new Error('There are no workers')
    process.kill(first, 'SIGKILL')
    let lost = 0
    for (let asked = 0; asked < 50; asked++) {
      try {
        const answer = await fetch(url, {
          headers: { connection: 'close' },
          signal: AbortSignal.timeout(5_000),
        })
        expect(answer.status).toBe(200)
      } catch (error) {
        // What the dying one had in hand fails at once, as a broken connection does; a time limit would be another error.
        expect(error).toBeInstanceOf(TypeError)
        lost += 1
      }
    }
    expect(lost).toBeLessThan(3)
    await vi.waitFor(
      () => {
        const workers = workersOf(parent)
        expect(workers).toHaveLength(2)
        expect(workers).not.toContain(first)
      },
      { timeout: 15_000 },
    )
    expect(await refused()).toBe('20')
    parent.kill('SIGTERM')
    expect(await once(parent, 'exit')).toEqual([0, null])
    await expect(fetch(url)).rejects.toThrow()
  }, 60_000)
})

function workersOf(parent: ChildProcess): number[] {
  try {
    const listed = execFileSync('pgrep', ['-P', String(parent.pid)], { encoding: 'utf8' })
    return listed.trim().split('\n').map(Number)
  } catch {
    return []
  }
}

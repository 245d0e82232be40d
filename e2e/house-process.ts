import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { e2eTarget, inheritedEnvironment, services } from './config.ts'

export interface HouseProcess {
  url: string
  /** Ends it as a crash would: nothing gets to run. */
  kill(): Promise<void>
  /** Starts it again on the same data and port. */
  start(): Promise<void>
  /** Where the keys of this house are; null for a house without Redis. */
  redis: { url: string; prefix: string } | null
  /** What its start said. */
  said(): string
  /** Ends it as Ctrl-C does and removes its data; resolves to its exit code, 1 when it took longer than it promises. */
  stop(): Promise<number | null>
}

const root = resolve(import.meta.dirname, '..')

/** Holds end after so long here: short, so that a test can see one end; long enough to pay by hand twice. */
export const holdSeconds = 25

/**
 * A house as a user starts it: a process of its own (or seven, on real services), on a free port and with data of its
 * own; what is `given` counts over its usual settings. Resolves when its door is open; rejects with what it said when it
 * does not open.
 */
export async function startHouseProcess(
  target: 'house' | 'stack' = e2eTarget,
  given: Record<string, string> = {},
): Promise<HouseProcess> {
  const port = await freePorts(7)
  const dataFolder = await mkdtemp(join(tmpdir(), 'maison-e2e-'))
  const run = `maison_e2e_${String(process.pid)}_${String(port)}`
  const env = {
    ...inheritedEnvironment,
    // The test runner's own would build a web app for developers, and the next house would serve it.
    NODE_ENV: undefined,
    PORT: String(port),
    DATA_FOLDER: dataFolder,
    HOLD_SECONDS: String(holdSeconds),
    SANDBOX_DELAY_MS: '300',
    PAYMENT_POLL_AFTER_MS: '1500',
    DEMO_PICTURES: 'first',
    LOG_LEVEL: 'error',
    ...(target === 'stack' && stackEnvironment(run)),
    ...given,
  }
  const url = `http://localhost:${String(port)}`
  let child: ChildProcess
  let said = ''

  async function start(): Promise<void> {
    child = spawn(
      'node',
      [
        '--max-semi-space-size=64',
        '--disable-proto=delete',
        target === 'stack' ? 'embedded/stack.ts' : 'embedded/start.ts',
      ],
      {
        cwd: root,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    said = ''
    await new Promise<void>((done, reject) => {
      const hear = (chunk: Buffer) => {
        said += chunk.toString()
        if (said.includes('Ctrl-C ends')) done()
      }
      child.stdout?.on('data', hear)
      child.stderr?.on('data', hear)
      child.once('exit', (code) => {
        reject(new Error(`The house ended with ${String(code)}:\n${said}`))
      })
    })
  }

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((done) => child.once('exit', done))
      child.kill(signal)
      await ended
    }
    return child.exitCode
  }

  try {
    await start()
  } catch (error) {
    await end('SIGKILL')
    throw error
  }
  return {
    url,
    start,
    redis: target === 'stack' && services.REDIS_URL ? { url: services.REDIS_URL, prefix: `${run}.` } : null,
    said: () => said,
    kill: async () => {
      await end('SIGKILL')
    },
    stop: async () => {
      const code = await end('SIGTERM')
      if (target === 'stack') execFileSync('node', ['embedded/stack.ts', '--forget'], { cwd: root, env })
      await rm(dataFolder, { recursive: true, force: true })
      return code
    },
  }
}

function stackEnvironment(run: string): Record<string, string> {
  const { POSTGRES_URL, AMQP_URL, REDIS_URL } = services
  if (!POSTGRES_URL || !AMQP_URL || !REDIS_URL) {
    throw new Error('E2E_TARGET=stack needs TEST_DATABASE_URL, TEST_AMQP_URL and TEST_REDIS_URL')
  }
  const postgres = new URL(POSTGRES_URL)
  postgres.pathname = `/${run}`
  return { POSTGRES_URL: postgres.href, AMQP_URL, REDIS_URL, AMQP_PREFIX: `${run}.`, REDIS_PREFIX: `${run}.` }
}

/** The first of so many neighbouring free ports. */
async function freePorts(count: number): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    const first = 20_000 + Math.floor(Math.random() * 20_000)
    const isFree = await Promise.all(Array.from({ length: count }, (_, index) => isPortFree(first + index)))
    if (isFree.every(Boolean)) return first
  }
  throw new Error('No free ports')
}

function isPortFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer()
    server.once('error', () => {
      done(false)
    })
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        done(true)
      })
    })
  })
}

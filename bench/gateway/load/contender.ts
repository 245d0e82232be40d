import { type ChildProcess, spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

export interface Contender {
  name: string
  port: number
  pid: number
  usage(): Promise<Usage>
  stop(): void
}

export interface Usage {
  cpuMicros: number
  rssBytes: number
}

/** The same for everybody: short-lived garbage dies young. */
const flags = ['--max-semi-space-size=64', '--disable-warning=ExperimentalWarning']

const isPinned = process.platform === 'linux' && availableParallelism() > 1

/** Starts a file of `contenders/` in a process of its own on the first core. Rejects when it does not come up in 60 s. */
export async function startContender(options: {
  name: string
  file: string
  settings: Record<string, unknown>
  /** Elsewhere than on the first core. */
  cores?: string
}): Promise<Contender> {
  const script = join(import.meta.dirname, '../contenders', options.file)
  const node = [process.execPath, ...flags, script, JSON.stringify(options.settings)]
  const pin = isPinned ? ['taskset', '-c', options.cores ?? '0'] : []
  const [command = '', ...args] = [...pin, 'env', 'NODE_ENV=production', ...node]
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const { port } = await messageOf<{ port: number }>(child, options.name)
  return {
    name: options.name,
    port,
    pid: child.pid ?? 0,
    usage: () => {
      child.send('usage')
      return messageOf<Usage>(child, options.name)
    },
    stop: () => {
      if (child.connected) child.disconnect()
      child.kill('SIGKILL')
    },
  }
}

function messageOf<Message>(child: ChildProcess, name: string): Promise<Message> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => done(() => reject(new Error(`${name} says nothing`))), 60_000)
    const onMessage = (message: unknown) => done(() => resolve(message as Message))
    const onExit = (code: number | null) => done(() => reject(new Error(`${name} ended with ${code}`)))
    function done(settle: () => void) {
      clearTimeout(timer)
      child.off('message', onMessage)
      child.off('exit', onExit)
      settle()
    }
    child.on('message', onMessage)
    child.on('exit', onExit)
  })
}

/** Keeps this process, which asks and plays the subgraphs, off the first core. */
export async function moveToSecondCore(): Promise<void> {
  if (!isPinned) return
  const mover = spawn('taskset', ['-a', '-c', '-p', '1', String(process.pid)], { stdio: 'ignore' })
  await new Promise<void>((resolve) => {
    mover.once('close', () => resolve())
    mover.once('error', () => resolve())
  })
}

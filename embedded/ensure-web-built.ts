import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { glob, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { productionEnvironment } from './config.ts'

const root = resolve(import.meta.dirname, '..')
const mark = join(root, 'web/build/.made-from')

/** Everything a build of the web app depends on. */
const sources = [
  'web/{app,public}/**/*',
  'web/*.{ts,json}',
  'gateway/supergraph.graphql',
  'package-lock.json',
]

/** Builds the web app when there is no build or it was made from other sources; resolves to whether it did. */
export async function ensureWebBuilt(): Promise<boolean> {
  const hash = await sourceHash()
  if (existsSync(mark) && (await readFile(mark, 'utf8')) === hash) return false
  await run('npm', ['run', '--silent', 'build:web'])
  await writeFile(mark, hash)
  return true
}

async function sourceHash(): Promise<string> {
  const files: string[] = []
  for (const pattern of sources) {
    for await (const entry of glob(pattern, { cwd: root, withFileTypes: true })) {
      if (entry.isFile()) files.push(join(entry.parentPath, entry.name))
    }
  }
  const hash = createHash('sha256')
  for (const file of files.sort()) hash.update(file).update(await readFile(file))
  return hash.digest('hex')
}

function run(command: string, args: string[]): Promise<void> {
  return new Promise((done, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: productionEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    })
    let output = ''
    const collect = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-20_000)
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code === 0) done()
      else reject(new Error(`The web app does not build:\n${output}`))
    })
  })
}

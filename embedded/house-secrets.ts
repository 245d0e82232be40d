import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import { z } from 'zod'

const shape = z.object({
  GATEWAY_SECRET: z.string().min(32),
  PAYMENT_TICKET_SECRET: z.string().min(32),
  SANDBOX_WEBHOOK_SECRET: z.string().min(32),
  TOKEN_SECRET: z.string().min(32),
  JWT_PRIVATE_JWK: z.string(),
})

/** Secrets of a house without configuration, by the variables that a real house gives them in. */
export type HouseSecrets = z.infer<typeof shape>

/** Reads the secrets of the data folder, making them on the first start. Readable by the owner only. */
export async function readHouseSecrets(dataFolder: string): Promise<HouseSecrets> {
  const file = join(dataFolder, 'secrets.json')
  if (existsSync(file)) return shape.parse(JSON.parse(await readFile(file, 'utf8')))
  await mkdir(dataFolder, { recursive: true })
  const secrets = await makeSecrets()
  // Written whole or not at all: half a file would lock everybody out for good.
  const draft = `${file}.${String(process.pid)}`
  await writeFile(draft, JSON.stringify(secrets, null, 2), { mode: 0o600 })
  await chmod(draft, 0o600)
  await rename(draft, file)
  return secrets
}

/** Fresh ones. */
export async function makeSecrets(): Promise<HouseSecrets> {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true })
  const kid = randomBytes(6).toString('hex')
  const secret = () => randomBytes(32).toString('base64url')
  return {
    GATEWAY_SECRET: secret(),
    PAYMENT_TICKET_SECRET: secret(),
    SANDBOX_WEBHOOK_SECRET: secret(),
    TOKEN_SECRET: secret(),
    JWT_PRIVATE_JWK: JSON.stringify({ ...(await exportJWK(privateKey)), kid, alg: 'EdDSA' }),
  }
}

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** Made with the web app: every document it ever sends, by its SHA-256. */
const manifestFile = join(import.meta.dirname, '..', 'web', 'generated', 'persisted-documents.json')

/** The registered documents by hash; empty when the web app was not built. Throws when the file does not read. */
export function readRegisteredDocuments(): Map<string, string> {
  if (!existsSync(manifestFile)) return new Map()
  const manifest = z.record(z.string().regex(/^[0-9a-f]{64}$/), z.string())
  return new Map(Object.entries(manifest.parse(JSON.parse(readFileSync(manifestFile, 'utf8')))))
}

// Makes `web/generated/` from the house's API and the documents written beside the pages: types, `graphql()`, and the
// register of documents that the gateway accepts (sha256 → document). Runs before every build; not committed.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Supergraph } from '@apollo/federation-internals'
import { preset } from '@graphql-codegen/client-preset'
import { codegen } from '@graphql-codegen/core'
import {
  concatAST,
  Kind,
  NoUnusedFragmentsRule,
  parse,
  printSchema,
  specifiedRules,
  validate,
  type DefinitionNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLSchema,
} from 'graphql'

const web = import.meta.dirname
const supergraphFile = join(dirname(web), 'gateway', 'supergraph.graphql')
const output = join(web, 'generated')
// Documents are plain template strings without interpolation. A fragment may be used by every document.
const tag = /\bgraphql\(\s*`([^`]*)`\s*,?\s*\)/g

interface Source {
  location: string
  rawSDL: string
  document: ReturnType<typeof parse>
}

/** Makes what is stale; returns how many documents there are, or null when everything was fresh. */
export async function generateDocuments(): Promise<number | null> {
  const supergraph = await readFile(supergraphFile, 'utf8')
  const sources = await collectSources()
  const mark = sha256(
    [supergraph, await readFile(import.meta.filename, 'utf8'), ...sources.map((s) => s.rawSDL)].join('\0'),
  )
  const markFile = join(output, '.made-from')
  if (existsSync(markFile) && (await readFile(markFile, 'utf8')) === mark) return null
  const schemaAst = Supergraph.build(supergraph).apiSchema().toGraphQLJSSchema()
  checkSources(schemaAst, sources)
  await mkdir(output, { recursive: true })
  const schema = parse(printSchema(schemaAst))
  const sections = await preset.buildGeneratesSection({
    baseOutputDir: `${output}/`,
    schema,
    schemaAst,
    documents: sources,
    plugins: [],
    pluginMap: {},
    presetConfig: { fragmentMasking: false },
    config: {
      documentMode: 'string',
      enumType: 'string-literal',
      importExtension: '.ts',
      useTypeImports: true,
      strictScalars: true,
      scalars: { DateTime: 'string', MinorUnits: 'string', JSON: 'unknown' },
      immutableTypes: false,
      nonOptionalTypename: false,
    },
    documentTransforms: [],
  })
  for (const section of sections) await writeFile(section.filename, await codegen(section))
  await writeFile(join(output, 'persisted-documents.json'), await registerOf())
  await writeFile(markFile, mark)
  return sources.length
}

async function collectSources(): Promise<Source[]> {
  const sources: Source[] = []
  for await (const file of glob('app/**/*.{ts,tsx}', { cwd: web })) {
    const text = await readFile(join(web, file), 'utf8')
    for (const match of text.matchAll(tag)) {
      const rawSDL = match[1] ?? ''
      try {
        sources.push({ location: file, rawSDL, document: parse(rawSDL) })
      } catch (error) {
        throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        })
      }
    }
  }
  return sources.sort((a, b) => (a.location < b.location ? -1 : 1))
}

function checkSources(schema: GraphQLSchema, sources: readonly Source[]): void {
  const fragments = sources.flatMap((source) => source.document.definitions.filter(isFragment))
  const rules = specifiedRules.filter((rule) => rule !== NoUnusedFragmentsRule)
  const faults = sources.flatMap((source) => {
    const own = new Set(source.document.definitions)
    const whole = concatAST([
      source.document,
      { kind: Kind.DOCUMENT, definitions: fragments.filter((f) => !own.has(f)) },
    ])
    return validate(schema, whole, rules).map((fault) => `${source.location}: ${describe(fault)}`)
  })
  if (faults.length > 0) throw new Error(`Documents that the API does not understand:\n${faults.join('\n')}`)
}

function isFragment(definition: DefinitionNode): definition is FragmentDefinitionNode {
  return definition.kind === Kind.FRAGMENT_DEFINITION
}

function describe(fault: GraphQLError): string {
  return fault.locations?.[0] === undefined
    ? fault.message
    : `${fault.message} (line ${fault.locations[0].line} of the document)`
}

/** The register holds exactly the text that the pages send, so that its hash can be checked by anybody. */
async function registerOf(): Promise<string> {
  const made = (await import(join(output, 'graphql.ts'))) as Record<string, unknown>
  const documents = Object.entries(made)
    .filter(([name]) => name.endsWith('Document'))
    .map(([, document]) => String(document))
  return `${JSON.stringify(Object.fromEntries(documents.map((text) => [sha256(text), text])), null, 2)}\n`
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

if (import.meta.main) {
  const count = await generateDocuments()
  console.log(count === null ? 'web/generated is fresh' : `Generated web/generated from ${count} documents`)
}

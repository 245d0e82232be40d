// `npm run diagrams`: draws the pictures of docs/architecture.md from the imports of the code; `--check` fails when the
// page shows another structure than the code has.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { cruise } from 'dependency-cruiser'
import { format } from 'prettier'

const root = resolve(import.meta.dirname, '..')
const page = join(root, 'docs/architecture.md')

const diagrams = [
  {
    mark: 'house',
    roots: ['contracts', 'embedded', 'gateway', 'platform', 'subgraphs'],
    collapse: '^(platform|contracts|gateway|embedded|subgraphs/[^/]+)',
    only: '^(platform|contracts|gateway|embedded|subgraphs)/',
  },
  {
    mark: 'subgraph',
    roots: ['subgraphs/orders'],
    collapse: '^subgraphs/orders/[^/]+',
    only: '^subgraphs/orders/',
  },
  {
    mark: 'platform',
    roots: ['platform'],
    collapse: '^platform/[^/]+',
    only: '^platform/',
  },
]

async function draw(diagram: (typeof diagrams)[number]): Promise<string> {
  const { output } = await cruise(
    diagram.roots,
    {
      baseDir: root,
      collapse: diagram.collapse,
      includeOnly: { path: diagram.only },
      exclude: { path: '(\\.test\\.ts|\\.contract\\.ts|stand-in\\.ts|/test/|/testing/|/generated/)' },
      outputType: 'mermaid',
      tsPreCompilationDeps: true,
    },
    { exportsFields: ['exports'], conditionNames: ['import'], extensions: ['.ts'] },
    { tsConfig: {} },
  )
  return typeof output === 'string' ? output.trim() : ''
}

async function redraw(text: string): Promise<string> {
  let drawn = text
  for (const diagram of diagrams) {
    const [begin, end] = [`<!-- drawn: ${diagram.mark} -->`, `<!-- end: ${diagram.mark} -->`]
    const from = drawn.indexOf(begin)
    const to = drawn.indexOf(end)
    if (from < 0 || to < 0)
      throw new Error(`docs/architecture.md has no place for the diagram "${diagram.mark}"`)
    const picture = `\n\n\`\`\`mermaid\n${await draw(diagram)}\n\`\`\`\n\n`
    drawn = drawn.slice(0, from + begin.length) + picture + drawn.slice(to)
  }
  return format(drawn, { parser: 'markdown', printWidth: 110 })
}

const written = readFileSync(page, 'utf8')
const fresh = await redraw(written)
if (process.argv.includes('--check')) {
  if (fresh !== written) {
    process.stderr.write('docs/architecture.md shows another structure than the code has: npm run diagrams\n')
    process.exitCode = 1
  }
} else {
  writeFileSync(page, fresh)
}

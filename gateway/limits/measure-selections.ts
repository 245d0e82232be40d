import {
  type ArgumentNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
} from 'graphql'
import { Refusal } from '../http/refusal.ts'
import { limits, tooLarge } from './limits.ts'

/** How large a selection set is with all the fragments it spreads. */
export interface Size {
  depth: number
  nesting: number
  fields: number
  aliases: number
  directives: number
  /** Fields at the top, without what is inside them. */
  roots: number
}

export interface SelectionMeasure {
  /** Each fragment is looked at once: what doubles itself is exponential only in the numbers. Throws a Refusal for a circle and for one that is not there. */
  measure(set: SelectionSetNode): Size
  /** Pairs of fields of one name that validation has to compare. Only for what is within the other limits. */
  countPairs(set: SelectionSetNode): number
  /** A fragment that nothing measured so far has spread. */
  unused(): string | undefined
}

/** `onArguments` sees the arguments of every field and directive. */
export function createSelectionMeasure(
  document: DocumentNode,
  onArguments: (given: readonly ArgumentNode[]) => void,
): SelectionMeasure {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  const known = new Map<string, Size>()
  const open = new Set<string>()

  function measureFragment(name: string): Size {
    const before = known.get(name)
    if (before) return before
    const fragment = fragments.get(name)
    // Fragments that double and end in nothing would have no size at all.
    if (!fragment) throw invalid(`Unknown fragment "${name.slice(0, 80)}".`)
    if (open.has(name)) throw invalid(`Cannot spread fragment "${name.slice(0, 80)}" within itself.`)
    open.add(name)
    const size = measure(fragment.selectionSet)
    open.delete(name)
    size.directives += countDirectives(fragment.directives)
    known.set(name, size)
    return size
  }

  function countDirectives(directives: readonly DirectiveNode[] | undefined): number {
    for (const directive of directives ?? []) if (directive.arguments) onArguments(directive.arguments)
    return directives?.length ?? 0
  }

  function measure({ selections }: SelectionSetNode): Size {
    const total = empty()
    for (const selection of selections) {
      total.directives += countDirectives(selection.directives)
      if (selection.kind === Kind.FIELD) {
        if (selection.arguments) onArguments(selection.arguments)
        // Whatever is wrong with it, the message repeats the name.
        if ((selection.alias ?? selection.name).value.length > limits.nameLength) throw tooLarge('nameLength')
        const inner = selection.selectionSet ? measure(selection.selectionSet) : empty()
        add(total, { ...inner, roots: 1, depth: inner.depth + 1, fields: inner.fields + 1 })
        if (selection.alias) total.aliases += 1
      } else {
        add(
          total,
          selection.kind === Kind.FRAGMENT_SPREAD
            ? measureFragment(selection.name.value)
            : measure(selection.selectionSet),
        )
      }
    }
    total.nesting += 1
    return total
  }

  /** Fields of one name become one field, whose selections are again in one place. */
  function countPairs(sets: readonly SelectionSetNode[]): number {
    const byName = new Map<string, FieldNode[]>()
    for (const set of sets) collect(set, byName)
    let pairs = 0
    for (const nodes of byName.values()) {
      pairs += (nodes.length * (nodes.length - 1)) / 2
      if (pairs > limits.pairs) throw tooLarge('pairs')
      const inner = nodes.flatMap(({ selectionSet }) => selectionSet ?? [])
      if (inner.length > 0) pairs += countPairs(inner)
    }
    return pairs
  }

  function collect({ selections }: SelectionSetNode, byName: Map<string, FieldNode[]>): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const name = selection.alias?.value ?? selection.name.value
        const nodes = byName.get(name)
        if (nodes) nodes.push(selection)
        else byName.set(name, [selection])
        continue
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
      if (fragment) collect(fragment.selectionSet, byName)
    }
  }

  return {
    measure,
    countPairs: (set) => countPairs([set]),
    unused: () => [...fragments.keys()].find((name) => !known.has(name)),
  }
}

function add(total: Size, part: Size): void {
  total.depth = Math.max(total.depth, part.depth)
  total.nesting = Math.max(total.nesting, part.nesting)
  total.fields += part.fields
  total.aliases += part.aliases
  total.directives += part.directives
  total.roots += part.roots
}

function empty(): Size {
  return { depth: 0, nesting: 0, fields: 0, aliases: 0, directives: 0, roots: 0 }
}

/** What validation would say, had it got that far. */
export function invalid(message: string): Refusal {
  return new Refusal(400, 'GRAPHQL_VALIDATION_FAILED', message)
}

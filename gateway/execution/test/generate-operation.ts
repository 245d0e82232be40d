// Operations as no person writes them, all valid: everything that selection sets can hold, in any mixture.
import {
  type DocumentNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  parse,
  specifiedRules,
  validate,
  type ValidationRule,
} from 'graphql'
import type { Dice } from './dice.ts'
import { createVariablePool, type VariablePool, writeArgument } from './generate-values.ts'

export interface GeneratedOperation {
  text: string
  document: DocumentNode
  operationName: string | undefined
  isMutation: boolean
  /** Variables that fit; each call rolls anew. */
  variables(dice: Dice): Record<string, unknown>
}

interface Draft {
  schema: GraphQLSchema
  dice: Dice
  pool: VariablePool
  /** Selections left to spend. */
  budget: number
  fragments: { name: string; on: GraphQLCompositeType; text: string }[]
  /** The arguments of a field where it has no alias: the same everywhere, else the two could not be merged. */
  plainArguments: Map<string, string>
  aliases: number
  fragmentCount: number
}

/** Never gives up: what does not validate is thrown away and rolled again. */
export function generateOperation(
  schema: GraphQLSchema,
  dice: Dice,
  rules: readonly ValidationRule[] = [],
): GeneratedOperation {
  for (;;) {
    const generated = draftOperation(schema, dice)
    const document = parse(generated.text, { noLocation: true })
    if (validate(schema, document, [...specifiedRules, ...rules]).length === 0)
      return { ...generated, document }
  }
}

function draftOperation(schema: GraphQLSchema, dice: Dice): Omit<GeneratedOperation, 'document'> {
  const query = schema.getQueryType()
  const mutation = schema.getMutationType()
  const isMutation = mutation !== undefined && mutation !== null && dice.chance(0.2)
  const root = isMutation ? mutation : query
  if (!root) throw new Error('The schema has no queries')
  const pool = createVariablePool(dice)
  const draft: Draft = {
    schema,
    dice,
    pool,
    budget: 4 + dice.below(24),
    fragments: [],
    plainArguments: new Map(),
    aliases: 0,
    fragmentCount: 0,
  }
  const selections = writeSelections(root, 0, draft)
  const name = dice.chance(0.8) ? 'Asked' : ''
  const fragments = draft.fragments.map(
    ({ name: fragment, on, text }) => `fragment ${fragment} on ${on.name} ${text}`,
  )
  const another = name !== '' && dice.chance(0.1) ? ['query Another { __typename }'] : []
  const operation = `${isMutation ? 'mutation' : 'query'} ${name}${pool.definitions()} ${selections}`
  return {
    text: [operation, ...fragments, ...another].join('\n'),
    operationName: another.length > 0 || (name !== '' && dice.chance(0.5)) ? name : undefined,
    isMutation,
    variables: pool.values,
  }
}

function writeSelections(type: GraphQLCompositeType, depth: number, draft: Draft): string {
  const { dice } = draft
  const count = 1 + dice.below(depth === 0 ? 4 : 5)
  const selections: string[] = []
  for (let index = 0; index < count || selections.length === 0; index += 1) {
    draft.budget -= 1
    const roll = dice.next()
    if (roll < 0.08) selections.push(writeTypename(draft))
    else if (roll < 0.2) selections.push(writeInlineFragment(type, depth, draft))
    else if (roll < 0.3) selections.push(writeSpread(type, depth, draft))
    else if (isUnionType(type)) selections.push(writeInlineFragment(type, depth, draft))
    else {
      const field = pickField(type, depth, draft)
      if (!field) selections.push(writeTypename(draft))
      else {
        selections.push(writeField(type, field, depth, draft))
        // What is asked for twice is answered once.
        if (dice.chance(0.08)) selections.push(writeField(type, field, depth, draft))
      }
    }
    if (draft.budget < 0) break
  }
  return `{ ${selections.join(' ')} }`
}

function pickField(
  type: GraphQLCompositeType,
  depth: number,
  { dice, budget }: Draft,
): GraphQLField<unknown, unknown> | null {
  if (isUnionType(type)) return null
  const fields = Object.values(type.getFields())
  const isEnough = depth > 6 || budget < 0
  const leaves = fields.filter((field) => !isCompositeType(getNamedType(field.type)))
  const composites = fields.filter((field) => isCompositeType(getNamedType(field.type)))
  const wanted = isEnough || (depth > 0 && dice.chance(0.45)) ? leaves : composites
  if (wanted.length > 0) return dice.pick(wanted)
  return isEnough && leaves.length === 0 ? null : dice.pick(fields)
}

function writeField(
  parent: GraphQLCompositeType,
  field: GraphQLField<unknown, unknown>,
  depth: number,
  draft: Draft,
): string {
  const { dice } = draft
  const place = `${parent.name}.${field.name}`
  let alias = ''
  let args: string
  const roll = dice.next()
  if (roll < 0.2) {
    draft.aliases += 1
    alias = `a${draft.aliases}: `
    args = writeArguments(field, draft)
  } else {
    // A few names that many fields want: where they clash nothing comes of it, where they may not, much does.
    if (roll < 0.28) alias = `${dice.pick(['x', 'y'])}: `
    // The same field of several types of an interface has one name for all.
    args = draft.plainArguments.get(field.name) ?? writeArguments(field, draft)
    draft.plainArguments.set(field.name, args)
  }
  const named = getNamedType(field.type)
  const inner = isCompositeType(named) ? ` ${writeSelections(named, depth + 1, draft)}` : ''
  return place.startsWith('Mutation.') && roll > 0.6
    ? `${alias}${field.name}${args}${inner}`
    : `${alias}${field.name}${args}${writeConditions(draft)}${inner}`
}

function writeArguments(field: GraphQLField<unknown, unknown>, { dice, pool }: Draft): string {
  const args = field.args
    .filter((argument) => isRequiredArgument(argument) || dice.chance(0.5))
    .map(
      (argument) =>
        `${argument.name}: ${writeArgument(argument.type, dice, pool, { hasDefault: argument.defaultValue !== undefined })}`,
    )
  return args.length > 0 ? `(${args.join(', ')})` : ''
}

function writeConditions({ dice, pool, schema }: Draft): string {
  if (!dice.chance(0.12)) return ''
  const condition = schema.getDirective('skip')?.args[0]
  if (!condition) throw new Error('There is no @skip')
  const names = dice.chance(0.15)
    ? dice.pick([
        ['skip', 'include'],
        ['include', 'skip'],
      ])
    : [dice.pick(['skip', 'include'])]
  return names
    .map((name) => {
      // Mostly what leaves something to see.
      const literal = String(dice.chance(0.7) === (name === 'include'))
      const value = dice.chance(0.6) ? pool.variableFor(condition.type, false) : literal
      return ` @${name}(if: ${value})`
    })
    .join('')
}

function writeTypename(draft: Draft): string {
  if (!draft.dice.chance(0.3)) return `__typename${writeConditions(draft)}`
  draft.aliases += 1
  return `a${draft.aliases}: __typename`
}

function writeInlineFragment(type: GraphQLCompositeType, depth: number, draft: Draft): string {
  if (!isUnionType(type) && draft.dice.chance(0.25)) {
    return `...${writeConditions(draft)} ${writeSelections(type, depth + 1, draft)}`
  }
  const on = draft.dice.pick(overlapping(type, draft.schema))
  return `... on ${on.name}${writeConditions(draft)} ${writeSelections(on, depth + 1, draft)}`
}

function writeSpread(type: GraphQLCompositeType, depth: number, draft: Draft): string {
  const fitting = overlapping(type, draft.schema)
  const known = draft.fragments.filter(({ on }) => fitting.includes(on))
  if (known.length > 0 && draft.dice.chance(0.5)) {
    return `...${draft.dice.pick(known).name}${writeConditions(draft)}`
  }
  draft.fragmentCount += 1
  const name = `F${draft.fragmentCount}`
  const on = draft.dice.pick(fitting)
  // Known only when it is done: a fragment cannot hold itself.
  const text = writeSelections(on, depth + 1, draft)
  draft.fragments.push({ name, on, text })
  return `...${name}${writeConditions(draft)}`
}

const overlaps = new WeakMap<GraphQLSchema, Map<string, GraphQLCompositeType[]>>()

/** All types that something of this type may be as well. */
function overlapping(type: GraphQLCompositeType, schema: GraphQLSchema): GraphQLCompositeType[] {
  const known = overlaps.get(schema) ?? new Map<string, GraphQLCompositeType[]>()
  overlaps.set(schema, known)
  const found = known.get(type.name)
  if (found) return found
  const mine = possibleNames(type, schema)
  const fitting = Object.values(schema.getTypeMap())
    .filter(isCompositeType)
    .filter((other) => !other.name.startsWith('__'))
    .filter((other) => possibleNames(other, schema).some((name) => mine.includes(name)))
  known.set(type.name, fitting)
  return fitting
}

function possibleNames(type: GraphQLCompositeType, schema: GraphQLSchema): string[] {
  if (isObjectType(type)) return [type.name]
  return isInterfaceType(type) || isAbstractType(type)
    ? schema.getPossibleTypes(type).map(({ name }) => name)
    : []
}

// Arguments of generated operations: literals, variables, and both mixed, as clients write them.
import {
  type DocumentNode,
  getOperationAST,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  type NamedTypeNode,
  typeFromAST,
} from 'graphql'
import type { Dice } from './dice.ts'

export interface VariablePool {
  /** A variable that fits where a value of this type is wanted; may be one that exists. */
  variableFor(type: GraphQLInputType, hasDefault: boolean): string
  /** `($a: Int = 1, …)`, or nothing. */
  definitions(): string
  /** New values for the same definitions: given, left out or null, as each allows. */
  values(dice: Dice): Record<string, unknown>
}

interface Variable {
  name: string
  type: GraphQLInputType
  fallback: string | null
  /** Stands where null must not, which only running it shows. */
  isLoose: boolean
}

export function createVariablePool(dice: Dice): VariablePool {
  const variables: Variable[] = []
  return {
    variableFor: (type, hasDefault) => {
      const known = variables.find((variable) => String(variable.type) === String(type))
      if (known && dice.chance(0.5)) return `$${known.name}`
      // A default of either side lets a variable that may be null stand where null must not.
      const isLoose = isNonNullType(type) && dice.chance(0.25)
      const fallback = (isLoose && !hasDefault) || dice.chance(0.3) ? writeConstant(type, dice, 0) : null
      const declared = isLoose && (fallback !== null || hasDefault) ? type.ofType : type
      const variable = { name: `v${variables.length}`, type: declared, fallback, isLoose }
      variables.push(variable)
      return `$${variable.name}`
    },
    definitions: () =>
      variables.length === 0
        ? ''
        : `(${variables
            .map(
              ({ name, type, fallback }) =>
                `$${name}: ${String(type)}${fallback === null ? '' : ` = ${fallback}`}`,
            )
            .join(', ')})`,
    values: (valueDice) => {
      const values: Record<string, unknown> = {}
      for (const { name, type, fallback, isLoose } of variables) {
        const mayMiss = fallback !== null || !isNonNullType(type)
        if (mayMiss && valueDice.chance(0.3)) continue
        values[name] = isLoose ? makeNonNull(type, valueDice, 0) : makeValue(type, valueDice, 0)
      }
      return values
    },
  }
}

/** A literal; may hold variables inside lists and objects, or be one. */
export function writeArgument(
  type: GraphQLInputType,
  dice: Dice,
  pool: VariablePool,
  options: { depth?: number; hasDefault?: boolean } = {},
): string {
  const { depth = 0, hasDefault = false } = options
  if (dice.chance(0.35)) return pool.variableFor(type, hasDefault)
  return writeLiteral(type, dice, depth, (inner, innerHasDefault) =>
    writeArgument(inner, dice, pool, { depth: depth + 1, hasDefault: innerHasDefault }),
  )
}

function writeConstant(type: GraphQLInputType, dice: Dice, depth: number): string {
  // A default of null would let null through where it is used as non-null.
  const nonNull = isNonNullType(type) ? type.ofType : type
  return writeLiteral(nonNull, dice, depth, (inner) => writeConstant(inner, dice, depth + 1), false)
}

function writeLiteral(
  type: GraphQLInputType,
  dice: Dice,
  depth: number,
  inside: (type: GraphQLInputType, hasDefault: boolean) => string,
  mayBeNull = true,
): string {
  if (isNonNullType(type)) return writeLiteral(type.ofType, dice, depth, inside, false)
  if (mayBeNull && dice.chance(0.12)) return 'null'
  if (isListType(type)) {
    if (dice.chance(0.2) && !isListType(type.ofType))
      return writeLiteral(type.ofType, dice, depth, inside, false)
    const length = depth > 2 ? 0 : dice.below(4)
    return `[${Array.from({ length }, () => inside(type.ofType, false)).join(', ')}]`
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields())
      .filter((field) => isRequired(field) || (depth < 3 && dice.chance(0.5)))
      .map((field) => `${field.name}: ${inside(field.type, field.defaultValue !== undefined)}`)
    return `{${fields.join(', ')}}`
  }
  if (isEnumType(type)) return dice.pick(type.getValues()).name
  return writeScalar(type.name, dice)
}

function writeScalar(name: string, dice: Dice): string {
  switch (name) {
    case 'Int':
      return dice.pick(['0', '1', '-3', '17'])
    case 'Float':
      return dice.pick(['0', '1.5', '-2', '1e3'])
    case 'Boolean':
      return dice.pick(['true', 'false'])
    case 'ID':
      return dice.pick(['"a"', '7', '"\\u00e9\\""'])
    case 'String':
      return dice.pick(['""', '"text"', '"\\"q\\" \\n"', '"""block\n  text"""'])
    default:
      return dice.pick(['1', '"custom"', '{a: [1, null], b: "x"}', '[true, 2.5]'])
  }
}

/** Values that fit the variables of an operation somebody wrote; what may be left out often is. */
export function makeVariables(
  schema: GraphQLSchema,
  document: DocumentNode,
  dice: Dice,
): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const { variable, type, defaultValue } of getOperationAST(document)?.variableDefinitions ?? []) {
    const input = typeFromAST(schema, type as NamedTypeNode)
    if (!isInputType(input)) throw new Error(`The type of ${variable.name.value} is not known`)
    if ((defaultValue || !isNonNullType(input)) && dice.chance(0.3)) continue
    values[variable.name.value] = defaultValue ? makeNonNull(input, dice, 0) : makeValue(input, dice, 0)
  }
  return values
}

function makeValue(type: GraphQLInputType, dice: Dice, depth: number): unknown {
  if (isNonNullType(type)) return makeNonNull(type.ofType, dice, depth)
  return dice.chance(0.15) ? null : makeNonNull(type, dice, depth)
}

function makeNonNull(type: GraphQLInputType, dice: Dice, depth: number): unknown {
  if (isNonNullType(type)) return makeNonNull(type.ofType, dice, depth)
  if (isListType(type)) {
    // One value stands for a list of one.
    if (dice.chance(0.2)) return makeNonNull(type.ofType, dice, depth)
    const length = depth > 2 ? 0 : dice.below(4)
    return Array.from({ length }, () => makeValue(type.ofType, dice, depth + 1))
  }
  if (isInputObjectType(type)) {
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter((field) => isRequired(field) || (depth < 3 && dice.chance(0.5)))
        .map((field) => [field.name, makeValue(field.type, dice, depth + 1)]),
    )
  }
  if (isEnumType(type)) return dice.pick(type.getValues()).name
  switch (type.name) {
    case 'Int':
      return dice.pick([0, 1, -3, 17])
    case 'Float':
      return dice.pick([0, 1.5, -2, 1000])
    case 'Boolean':
      return dice.chance(0.5)
    case 'ID':
      return dice.pick(['a', 7, 'é"'])
    case 'String':
      return dice.pick(['', 'text', '"q" \n', '__proto__'])
    default:
      return dice.pick<unknown>([1, 'custom', { a: [1, null], b: 'x' }, [true, 2.5]])
  }
}

function isRequired(field: { type: GraphQLInputType; defaultValue?: unknown }): boolean {
  return isNonNullType(field.type) && field.defaultValue === undefined
}

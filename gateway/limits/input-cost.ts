// What the arguments of an operation say: how long its lists are, and what giving them costs.
import {
  type FieldNode,
  type GraphQLField,
  type GraphQLInputType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql'
import { Refusal } from '../http/refusal.ts'
import { type Amount, sum, type Variables } from './amount.ts'
import { assumedLength, type CostRules, type ListSize } from './cost-rules.ts'

/** The value of a variable, its default included; undefined when there is none. */
export type VariableReader = (variables: Variables, name: string) => unknown

export interface InputCosts {
  read: VariableReader
  costOfArguments(field: GraphQLField<unknown, unknown>, node: FieldNode): Amount
  /** The longest that the slicing arguments allow, else the assumed size; null when neither says. */
  lengthOf(said: ListSize, field: GraphQLField<unknown, unknown>, node: FieldNode): Amount | null
}

export function createInputCosts(rules: CostRules, operation: OperationDefinitionNode): InputCosts {
  const defaults = new Map(
    (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
    ),
  )

  const read: VariableReader = (variables, name) =>
    // Own properties only: a variable may be named like something every object has.
    Object.hasOwn(variables, name) && variables[name] !== undefined ? variables[name] : defaults.get(name)

  function valueAt(value: ValueNode, variables: Variables): unknown {
    return value.kind === Kind.VARIABLE ? read(variables, value.name.value) : valueFromASTUntyped(value)
  }

  function costOfInput(type: GraphQLInputType, weight: number, value: ValueNode): Amount {
    if (weight === 0 && rules.isFreeInput(type)) return 0
    if (value.kind === Kind.VARIABLE) {
      const name = value.name.value
      return (variables) => costOfValue(type, weight, read(variables, name))
    }
    if (isNonNullType(type)) return costOfInput(type.ofType, weight, value)
    if (value.kind === Kind.NULL) return 0
    if (isListType(type)) {
      const items = value.kind === Kind.LIST ? value.values : [value]
      return sum(items.map((item) => costOfInput(type.ofType, weight, item)))
    }
    if (!isInputObjectType(type) || value.kind !== Kind.OBJECT) return weight
    const fields = type.getFields()
    const inside = value.fields.map(({ name, value: given }) => {
      const field = fields[name.value]
      return field ? costOfInput(field.type, rules.weightOfInput(field), given) : 0
    })
    return sum([weight, ...inside])
  }

  function costOfValue(type: GraphQLInputType, weight: number, value: unknown): number {
    if (value === null || value === undefined) return 0
    if (isNonNullType(type)) return costOfValue(type.ofType, weight, value)
    if (isListType(type)) {
      const items: readonly unknown[] = Array.isArray(value) ? value : [value]
      return items.reduce<number>((total, item) => total + costOfValue(type.ofType, weight, item), 0)
    }
    if (!isInputObjectType(type) || typeof value !== 'object') return weight
    let total = weight
    for (const [name, field] of Object.entries(type.getFields())) {
      if (!Object.hasOwn(value, name)) continue
      const inner = rules.weightOfInput(field)
      if (inner === 0 && rules.isFreeInput(field.type)) continue
      total += costOfValue(field.type, inner, (value as Record<string, unknown>)[name])
    }
    return total
  }

  return {
    read,
    costOfArguments: (field, node) =>
      sum(
        (node.arguments ?? []).map(({ name, value }) => {
          const argument = field.args.find((candidate) => candidate.name === name.value)
          return argument ? costOfInput(argument.type, rules.weightOfInput(argument), value) : 0
        }),
      ),
    lengthOf: (said, field, node) => {
      const { slicingArguments, assumedSize, requireOneSlicingArgument } = said
      if (slicingArguments.length === 0) return assumedSize
      const slicing = slicingArguments.map((name) => ({
        given: node.arguments?.find((argument) => argument.name.value === name)?.value,
        byDefault: field.args.find((argument) => argument.name === name)?.defaultValue,
      }))

      function length(variables: Variables): number | null {
        const values = slicing.map(({ given, byDefault }) => {
          const value = given && valueAt(given, variables)
          return value === undefined ? byDefault : value
        })
        const numbers = values.filter((value) => typeof value === 'number')
        if (requireOneSlicingArgument && numbers.length !== 1)
          throw slicingRequired(field.name, slicingArguments)
        // A page of nothing, or of less, is still asked for.
        return numbers.length === 0 ? assumedSize : Math.max(1, ...numbers)
      }

      const isOpen = slicing.some(({ given }) => given?.kind === Kind.VARIABLE)
      if (!isOpen && !requireOneSlicingArgument) return length({})
      return (variables) => length(variables) ?? assumedLength
    },
  }
}

function slicingRequired(field: string, names: readonly string[]): Refusal {
  return new Refusal(
    400,
    'SLICING_ARGUMENT_REQUIRED',
    `Give exactly one of these arguments to ${field}: ${names.join(', ')}.`,
  )
}

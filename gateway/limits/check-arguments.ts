import { type ArgumentNode, Kind, type OperationDefinitionNode, type ValueNode } from 'graphql'
import { limits, tooLarge } from './limits.ts'

/** Throws a Refusal for pages that are too long and for values too deep in each other. */
export function createArgumentCheck() {
  const pageSizes = new Set<string>()

  return {
    check(given: readonly ArgumentNode[]): void {
      for (const { name, value } of given) {
        checkDepth(value)
        if (name.value !== 'first' && name.value !== 'last') continue
        if (value.kind === Kind.VARIABLE) pageSizes.add(value.name.value)
        checkPageSize(value)
      }
    },

    /** Variables given to `first` or `last` in what was checked; their defaults are checked here. */
    pageSizeVariables(operations: readonly OperationDefinitionNode[]): readonly string[] {
      for (const { variableDefinitions } of operations) {
        for (const { variable, defaultValue } of variableDefinitions ?? []) {
          if (!defaultValue) continue
          checkDepth(defaultValue)
          if (pageSizes.has(variable.name.value)) checkPageSize(defaultValue)
        }
      }
      return [...pageSizes]
    },
  }
}

function checkPageSize(value: ValueNode): void {
  if (value.kind === Kind.INT && Number(value.value) > limits.pageSize) throw tooLarge('pageSize')
}

function checkDepth(value: ValueNode, outside = 0): void {
  if (value.kind !== Kind.LIST && value.kind !== Kind.OBJECT) return
  if (outside === limits.valueDepth) throw tooLarge('valueDepth')
  const inside = value.kind === Kind.LIST ? value.values : value.fields.map((field) => field.value)
  for (const inner of inside) checkDepth(inner, outside + 1)
}

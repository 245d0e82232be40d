import { type GraphQLSchema, isObjectType } from 'graphql'
import { ruleOf } from './auth-rule.ts'

/**
 * Fields that nobody decided about, as `Type.field`: default deny is that the build fails on them. Every root field
 * and every field of an entity needs a rule, since these are the ways into a subgraph; a type that is no entity is
 * only reached through them.
 */
export function findFieldsWithoutRule(schema: GraphQLSchema): string[] {
  const missing: string[] = []
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('_')) continue
    const isRoot = type === schema.getQueryType() || type === schema.getMutationType()
    const isEntity = type.astNode?.directives?.some((directive) => isResolvableKey(directive)) ?? false
    if (!isRoot && !isEntity) continue
    for (const field of Object.values(type.getFields())) {
      if (field.name.startsWith('_')) continue
      if (ruleOf(schema, type, field) === null) missing.push(`${type.name}.${field.name}`)
    }
  }
  return missing
}

// A stub of another subgraph's entity (`resolvable: false`) can't be entered by reference.
function isResolvableKey(directive: { name: { value: string }; arguments?: readonly unknown[] }): boolean {
  if (directive.name.value !== 'key') return false
  return !JSON.stringify(directive.arguments ?? []).includes('"resolvable"')
}

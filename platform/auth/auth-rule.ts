import {
  getDirectiveValues,
  type GraphQLDirective,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql'
import type { Role } from './identity.ts'

/** One `@auth`: a caller passes when any given part holds. */
export interface AuthRule {
  anyone?: boolean
  signedIn?: boolean
  /** The property of the object that holds the id of its owner. */
  owner?: string
  roles?: readonly Role[]
}

/** The rule of a field: its own, else its type's; null when there is none. */
export function ruleOf(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
): AuthRule | null {
  const directive = schema.getDirective('auth')
  if (!directive) throw new Error('The schema does not define @auth')
  return read(directive, field) ?? read(directive, type)
}

function read(
  directive: GraphQLDirective,
  on: GraphQLField<unknown, unknown> | GraphQLObjectType,
): AuthRule | null {
  for (const node of [on.astNode, ...('extensionASTNodes' in on ? on.extensionASTNodes : [])]) {
    const values = node ? getDirectiveValues(directive, node) : undefined
    if (values) return values
  }
  return null
}

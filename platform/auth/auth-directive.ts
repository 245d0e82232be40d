import { defaultFieldResolver, type GraphQLSchema, isObjectType } from 'graphql'
import { forbidden, unauthenticated } from '../errors/errors.ts'
import { type AuthRule, ruleOf } from './auth-rule.ts'
import { hasRole, type Identity } from './identity.ts'

interface WithIdentity {
  identity: Identity | null
}

/**
 * Enforces `@auth` in the resolver of every field, in place, and refuses to build a schema with an owner rule on a
 * root field, where there is no object to own. Refusal is UNAUTHENTICATED without an identity, else FORBIDDEN.
 */
export function applyAuth(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('_')) continue
    const isRoot = type === schema.getQueryType() || type === schema.getMutationType()
    for (const field of Object.values(type.getFields())) {
      if (field.name.startsWith('_')) continue
      const rule = ruleOf(schema, type, field)
      if (!rule || rule.anyone) continue
      if (isRoot && rule.owner !== undefined) throw new Error(`${type.name}.${field.name} has no owner`)
      const resolve = field.resolve ?? defaultFieldResolver
      field.resolve = (parent: unknown, args: unknown, context: unknown, info) => {
        assertAllowed(rule, parent, (context as WithIdentity).identity)
        return resolve(parent, args, context, info)
      }
    }
  }
  return schema
}

function assertAllowed(rule: AuthRule, parent: unknown, identity: Identity | null): void {
  if (identity === null) throw unauthenticated()
  if (rule.signedIn) return
  if (rule.roles && hasRole(identity, ...rule.roles)) return
  if (rule.owner !== undefined && ownerOf(parent, rule.owner) === identity.userId) return
  throw forbidden()
}

function ownerOf(parent: unknown, property: string): unknown {
  return typeof parent === 'object' && parent !== null
    ? (parent as Record<string, unknown>)[property]
    : undefined
}

/* eslint @typescript-eslint/no-unsafe-class-instance-assignment: off -- on the recursive types of syntax trees it never ends */
// What is asked for beyond what the client asked: the response's shape stays that of the client's document.
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import type { EntityKeys } from './entity-keys.ts'
import { flattenRoot, inlineFragments, parseSelections } from './inline-fragments.ts'

// The planner takes `__typename` itself for a part of the next field, and asks for that field's subgraph even when the
// field is skipped.
export const presenceAlias = '_typename'

/**
 * An operation as it is planned:
 *
 * - with the type's name where everything else may be skipped or of another type: the planner asks for nothing there,
 *   and an object that exists would come out null;
 * - with `entityKeys`, with the keys of all entities;
 * - a mutation, and with `isInlined` also a query, without named fragments, and a mutation without any at its root: the
 *   planner moves those to the front, and a mutation's fields run in the order they are written in; and it fails on
 *   fragments that cannot match.
 */
export function prepareDocument(
  document: DocumentNode,
  options: {
    operation: OperationDefinitionNode
    schema: GraphQLSchema
    entityKeys: EntityKeys | null
    isInlined: boolean
  },
): DocumentNode {
  const { schema, entityKeys } = options
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)
  // A copy of our own, to write in.
  const prepared = parse(print({ kind: Kind.DOCUMENT, definitions: [options.operation, ...fragments] }), {
    noLocation: true,
  })
  const fragmentsByName = new Map<string, FragmentDefinitionNode>(
    prepared.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  )
  const isInlined = options.isInlined || options.operation.operation === OperationTypeNode.MUTATION
  const whole = isInlined ? withoutFragments(prepared, fragmentsByName, schema) : prepared
  const typeInfo = new TypeInfo(schema)
  visit(
    whole,
    visitWithTypeInfo(typeInfo, {
      Field: {
        leave: ({ selectionSet }) => {
          const type = getNamedType(typeInfo.getType())
          if (!selectionSet || !type) return
          const keys = entityKeys ? keySelection(type, schema, entityKeys) : ''
          if (keys !== '') prepend(selectionSet, keys)
          if (!asksAlways(selectionSet, type)) prepend(selectionSet, `${presenceAlias}: __typename`)
        },
      },
    }),
  )
  return whole

  /** Whether some field is asked for of every object of the type. */
  function asksAlways({ selections }: SelectionSetNode, type: GraphQLNamedType): boolean {
    return selections.some((selection) => {
      if (selection.directives?.length) return false
      if (selection.kind === Kind.FIELD) return true
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : fragmentsByName.get(selection.name.value)
      const condition = fragment?.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type
      if (!fragment || !condition) return false
      const isWider =
        condition === type ||
        (isAbstractType(condition) &&
          (isObjectType(type) || isInterfaceType(type)) &&
          schema.isSubType(condition, type))
      return isWider && asksAlways(fragment.selectionSet, condition)
    })
  }
}

function withoutFragments(
  document: DocumentNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  schema: GraphQLSchema,
): DocumentNode {
  const [operation] = document.definitions
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return document
  inlineFragments(operation, fragments, schema)
  if (operation.operation === OperationTypeNode.MUTATION) flattenRoot(operation)
  return { kind: Kind.DOCUMENT, definitions: [operation] }
}

function prepend({ selections }: SelectionSetNode, text: string): void {
  ;(selections as SelectionNode[]).unshift(...parseSelections(text))
}

/** Empty for what is no entity. */
function keySelection(type: GraphQLNamedType, schema: GraphQLSchema, entityKeys: EntityKeys): string {
  const entities = isAbstractType(type)
    ? schema.getPossibleTypes(type).filter(({ name }) => entityKeys.has(name))
    : [type]
  const keys = entities.map(({ name }) => entityKeys.get(name)?.join(' ') ?? '')
  const [key] = keys
  if (key === undefined || key === '') return ''
  const hasKey =
    isObjectType(type) ||
    (isInterfaceType(type) && key.split(' ').every((name) => Object.hasOwn(type.getFields(), name)))
  if (hasKey && keys.every((other) => other === key)) return `${key} __typename`
  const fragments = entities.map(({ name }, index) => `... on ${name} { ${keys[index] ?? ''} __typename }`)
  return fragments.join(' ')
}

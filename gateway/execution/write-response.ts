// The last step of an operation: `data` as JSON text, from what the subgraphs told. No `execute()` over the result.
import {
  type DocumentNode,
  type GraphQLSchema,
  isObjectType,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql'
import { CannotCompile } from './cannot-compile.ts'
import { type CompletionError, completeResponse, type Unasked } from './response-completion.ts'
import { addEntityTag, own } from './response-entities.ts'
import {
  conditionVariables,
  createFieldReader,
  type FieldReader,
  readFragments,
  type SelectionsOn,
} from './response-selections.ts'
import { compileGeneratedWriter, type GeneratedWriter } from './response-source.ts'

/** A response's `data` as text. */
export interface WrittenData {
  /** `{"a":1}`, or `null`. */
  json: string
  /** The nulls that the gateway made, because a subgraph told none or something that the schema forbids. */
  valueCompletion: CompletionError[]
  /** The entities in the data (`Product:0199…`), perhaps with some that a null hides; null unless asked for. */
  tags: Set<string> | null
  /** Where a field is null because nobody could be asked for it. */
  unasked: readonly (readonly (string | number)[])[]
}

/**
 * Writes the `data` of one request. Variables are the coerced ones; `unasked` is null when everything could be asked for.
 * Throws for nothing that a subgraph may tell.
 */
export type ResponseWriter = (
  data: Record<string, unknown> | null,
  variables: Record<string, unknown>,
  unasked?: Unasked | null,
) => WrittenData

/** An operation under one set of conditions. */
interface Variant {
  fieldsOf: FieldReader
  /** Null when only the interpreter does it. */
  write: GeneratedWriter | null
}

// Every combination of `@skip` and `@include` has generated code of its own. Documents have a few; a document that is
// sent with more is written by the interpreter, so that nobody fills the memory with code.
const maxVariants = 32

/**
 * Compiles the shape of one operation's response: takes what the subgraphs told, by response name, merged, perhaps with
 * more fields than were asked for, and writes it as the client asked, nulls bubbling as the specification says.
 * The document has been validated. Throws CannotCompile for introspection.
 */
export function compileResponseWriter(options: {
  /** The schema that clients see. */
  schema: GraphQLSchema
  document: DocumentNode
  operation: OperationDefinitionNode
  /** Key fields by type: when given, tags are collected. */
  entityKeys?: ReadonlyMap<string, readonly string[]>
}): ResponseWriter {
  const { schema, document, operation, entityKeys } = options
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) throw new CannotCompile('a subscription')
  const rootType = schema.getRootType(operation.operation)
  if (!isObjectType(rootType)) throw new CannotCompile(`a ${operation.operation} without a root type`)
  const selections = { schema, fragments: readFragments(document) }
  const root: SelectionsOn = { selectionSet: operation.selectionSet, type: rootType }
  const conditions = conditionVariables(selections, operation.selectionSet)

  function createVariant(variables: Record<string, unknown>): Variant {
    const fieldsOf = createFieldReader(selections, variables)
    const write = compileGeneratedWriter({ schema, fieldsOf, root, entityKeys: entityKeys ?? null })
    return { fieldsOf, write }
  }

  const variants = new Map<string, Variant>()
  function variantFor(variables: Record<string, unknown>): Variant {
    const key = conditions.map((name) => (variables[name] === true ? '1' : '0')).join('')
    const known = variants.get(key)
    if (known) return known
    if (variants.size >= maxVariants)
      return { fieldsOf: createFieldReader(selections, variables), write: null }
    const variant = createVariant(variables)
    variants.set(key, variant)
    return variant
  }
  const unconditional = conditions.length === 0 ? createVariant({}) : null

  return (data, variables, unasked = null) => {
    const tags = entityKeys ? new Set<string>() : null
    if (data === null) return { json: 'null', valueCompletion: [], tags, unasked: [] }
    const { fieldsOf, write } = unconditional ?? variantFor(variables)
    const json = unasked === null ? (write?.(data, tags) ?? null) : null
    if (json !== null) return { json, valueCompletion: [], tags, unasked: [] }

    const completed = completeResponse({
      schema,
      fieldsOf,
      root,
      data,
      unasked,
      onObject: (typeName, object) => {
        const keys = entityKeys?.get(typeName)
        if (tags && keys) {
          addEntityTag(
            tags,
            typeName,
            keys.map((key) => own(object, key)),
          )
        }
      },
    })
    const { errors: valueCompletion } = completed
    return { json: JSON.stringify(completed.data), valueCompletion, tags, unasked: completed.unasked }
  }
}

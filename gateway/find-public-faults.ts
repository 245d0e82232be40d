// Guards what is public: what one subgraph lets anybody keep (`@cacheControl`), it must let anybody read (`@auth`). Such a
// schema is refused before it is composed: an answer that is kept was read by nobody in particular.
import { type ConstDirectiveNode, type DocumentNode, Kind } from 'graphql'

const longestSeconds = 3_600

/** What is wrong with the `@cacheControl` of one subgraph's schema, one line per fault. */
export function findPublicFaults(schema: DocumentNode): string[] {
  const faults: string[] = []
  for (const definition of schema.definitions) {
    if (
      definition.kind !== Kind.OBJECT_TYPE_DEFINITION &&
      definition.kind !== Kind.OBJECT_TYPE_EXTENSION &&
      definition.kind !== Kind.INTERFACE_TYPE_DEFINITION
    ) {
      continue
    }
    const type = definition.name.value
    const typeAge = maxAgeOf(definition.directives)
    const typeIsOpen = isOpen(definition.directives)
    if (isOutOfRange(typeAge))
      faults.push(`${type}: @cacheControl(maxAge:) is 0 to ${String(longestSeconds)}`)
    if (isKept(typeAge) && typeIsOpen === false) {
      faults.push(`${type} may be kept for anybody, but not everybody may read it`)
    }
    for (const field of definition.fields ?? []) {
      const place = `${type}.${field.name.value}`
      const age = maxAgeOf(field.directives)
      if (isOutOfRange(age)) faults.push(`${place}: @cacheControl(maxAge:) is 0 to ${String(longestSeconds)}`)
      const mayBeRead = isOpen(field.directives) ?? typeIsOpen ?? true
      if (isKept(age ?? typeAge) && !mayBeRead) {
        faults.push(
          `${place} may be kept for anybody, but not everybody may read it: say @cacheControl(maxAge: 0)`,
        )
      }
    }
  }
  return faults
}

function maxAgeOf(directives: readonly ConstDirectiveNode[] | undefined): number | null {
  const value = argumentOf(directives, 'cacheControl', 'maxAge')
  return value?.kind === Kind.INT ? Number(value.value) : null
}

/** Whether everybody may read; null when no rule says. */
function isOpen(directives: readonly ConstDirectiveNode[] | undefined): boolean | null {
  if (!directives?.some(({ name }) => name.value === 'auth')) return null
  const anyone = argumentOf(directives, 'auth', 'anyone')
  return anyone?.kind === Kind.BOOLEAN && anyone.value
}

function argumentOf(directives: readonly ConstDirectiveNode[] | undefined, directive: string, name: string) {
  return directives
    ?.find((applied) => applied.name.value === directive)
    ?.arguments?.find((argument) => argument.name.value === name)?.value
}

function isKept(age: number | null): boolean {
  return age !== null && age > 0
}

function isOutOfRange(age: number | null): boolean {
  return age !== null && (age < 0 || age > longestSeconds)
}

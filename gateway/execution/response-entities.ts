/** What a subgraph told under a name, never what an object inherits. */
export function own(data: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(data, name) ? data[name] : undefined
}

/** Adds an entity's tag (`Product:0199…`, values of several keys joined by commas) unless a key is missing. */
export function addEntityTag(tags: Set<string>, typeName: string, keys: readonly unknown[]): void {
  if (keys.every((key) => typeof key === 'string' || typeof key === 'number')) {
    tags.add(`${typeName}:${keys.length === 1 ? String(keys[0]) : keys.join(',')}`)
  }
}

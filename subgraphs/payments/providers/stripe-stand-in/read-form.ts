/** The fields of a request, as Stripe's client writes them: `metadata[orderId]=…`, `expand[0]=…`. */
export interface Form {
  /** Every field by its whole name. */
  entries: [string, string][]
  text(name: string): string | null
  record(name: string): Record<string, string>
  list(name: string): string[]
}

export function readForm(params: URLSearchParams): Form {
  const entries = [...params]
  const below = (name: string): [string, string][] =>
    entries.flatMap(([field, value]) => {
      const inner = field.startsWith(`${name}[`) ? /^\[(\w*)\]$/.exec(field.slice(name.length)) : null
      return inner ? [[inner[1] ?? '', value]] : []
    })
  return {
    entries,
    text: (name) => params.get(name),
    record: (name) => Object.fromEntries(below(name)),
    list: (name) => below(name).map(([, value]) => value),
  }
}

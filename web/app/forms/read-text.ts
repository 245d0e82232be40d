/** A text of a form without the space around it; empty when it is missing or a file. */
export function readText(form: { get(name: string): unknown }, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

// What an answer was made of, as tags: `Product:0199…` for an entity in it, `Product[]` for who is on a list of them,
// and `Product:*` in place of more entities of one type than are worth telling apart.

/** A list page holds at most 100 entities; past this many of one type an entry goes with any purge of that type. */
const ENTITIES_OF_ONE_TYPE = 64

/** What common edges take in one header (nginx's default for all headers of an answer together is 4 kB, too). */
const SURROGATE_KEY_BYTES = 4_096

/** `Product` of `Product:1`, `Product:*` and `Product[]`. */
export function typeOfTag(tag: string): string {
  const end = tag.search(/[:[]/)
  return end === -1 ? tag : tag.slice(0, end)
}

/** What is purged with anything of a type: its entities, and the lists of them. */
export function tagsOfTypes(types: readonly string[]): string[] {
  return types.flatMap((type) => [`${type}:*`, `${type}[]`])
}

/** The tags an entry is kept under: each once, and the type's own tag in place of more than 64 of its entities. */
export function foldTags(tags: Iterable<string>): string[] {
  const folded: string[] = []
  const entitiesOf = new Map<string, string[]>()
  for (const given of new Set(tags)) {
    const tag = canonical(given)
    const colon = tag.indexOf(':')
    if (colon === -1) {
      folded.push(tag)
      continue
    }
    const type = tag.slice(0, colon)
    const entities = entitiesOf.get(type)
    if (entities) entities.push(tag)
    else entitiesOf.set(type, [tag])
  }
  for (const [type, entities] of entitiesOf) {
    if (entities.length > ENTITIES_OF_ONE_TYPE) folded.push(`${type}:*`)
    else folded.push(...entities)
  }
  return folded
}

/** Everything that a purge of these tags concerns: the tags, and the type's own tag for each entity among them. */
export function withTypeTags(tags: Iterable<string>): string[] {
  const all = new Set<string>()
  for (const given of tags) {
    const tag = canonical(given)
    all.add(tag)
    const colon = tag.indexOf(':')
    if (colon !== -1) all.add(`${tag.slice(0, colon)}:*`)
  }
  return [...all]
}

/**
 * The `Surrogate-Key` header: tags with a space between them, folded to the types' own tags when they are more than an
 * edge takes. Who purges an edge purges `withTypeTags`, as everywhere.
 */
export function surrogateKeyOf(tags: readonly string[]): string {
  const whole = tags.join(' ')
  if (whole.length <= SURROGATE_KEY_BYTES) return whole
  return [...new Set(tags.map((tag) => (tag.includes(':') ? `${typeOfTag(tag)}:*` : tag)))].join(' ')
}

/**
 * Tags travel in headers and lines of text, so what is not visible ASCII is written in another way. Two tags may become
 * one by it; then a purge of one concerns both.
 */
function canonical(tag: string): string {
  return /^[!-~]*$/.test(tag) ? tag : tag.toWellFormed().replace(/[^!-~]/gu, encodeURIComponent)
}

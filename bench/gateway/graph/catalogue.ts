// The data of the measured graph: always the same, made by counting, so that everybody's answer can be known beforehand.
// The first 6 people and 9 products know only one another: the nested query walks that small world and no other.

export interface Person {
  id: string
  name: string
  username: string
}

export interface Item {
  upc: string
  name: string
  price: number
  weight: number
  inStock: boolean
}

export interface Opinion {
  id: string
  body: string
  authorId: string
  upc: string
}

const names = [
  'Uri Goldshtein',
  'Dotan Simha',
  'Kamil Kisiela',
  'Arda Tanrikulu',
  'Gil Gardosh',
  'Laurin Quast',
]
const things = ['Table', 'Couch', 'Glass', 'Chair', 'TV', 'Lamp', 'Grand Piano', 'Candle', 'Mirror']

export const people: readonly Person[] = Array.from({ length: 500 }, (_, index) => ({
  id: String(index + 1),
  name: `${names[index % names.length] ?? ''}${index < 6 ? '' : ` ${index}`}`,
  username: `person_${index + 1}`,
}))

export const items: readonly Item[] = Array.from({ length: 991 }, (_, index) => ({
  upc: String(index + 1),
  name: `${things[index % things.length] ?? ''}${index < 9 ? '' : ` ${index}`}`,
  price: (index * 397) % 2_000,
  weight: (index * 131) % 1_200,
  inStock: index % 3 !== 0,
}))

const verdict =
  'Heavier than it looks and finished by somebody who cares; the second one we bought arrived in two days and matches the first exactly, down to the stitching on the inside of the lid.'

/** In the small world everybody has reviewed about five things; elsewhere each thing has seven reviews. */
export const opinions: readonly Opinion[] = [
  ...Array.from({ length: 29 }, (_, index) => ({
    id: String(index + 1),
    body: 'Prefer something else.',
    authorId: String((index % 6) + 1),
    upc: String(((index * 2) % 9) + 1),
  })),
  ...items.slice(9).flatMap((item, index) =>
    Array.from({ length: 7 }, (_, turn) => ({
      id: String(100 + index * 7 + turn),
      body: `${verdict} (${turn + 1} of the ${item.name})`,
      authorId: String(7 + ((index * 7 + turn * 61) % 494)),
      upc: item.upc,
    })),
  ),
]

export const personById: ReadonlyMap<string, Person> = new Map(people.map((person) => [person.id, person]))
export const itemByUpc: ReadonlyMap<string, Item> = new Map(items.map((item) => [item.upc, item]))
export const opinionById: ReadonlyMap<string, Opinion> = new Map(opinions.map((found) => [found.id, found]))
export const opinionsByAuthor = Map.groupBy(opinions, ({ authorId }) => authorId)
export const opinionsByUpc = Map.groupBy(opinions, ({ upc }) => upc)

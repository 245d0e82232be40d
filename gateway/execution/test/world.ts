// The data of a test: every value is derived from the seed and its place, so that all subgraphs agree on it, whoever is
// asked, in whatever order, without anything being stored.
import { GraphQLError } from 'graphql'
import { hashText, pickBy, shareOf } from './dice.ts'
import type { GraphFacts, Shape } from './graph-facts.ts'

/**
 * `sound`: nothing fails. `failing`: resolvers throw, leave out what must not be null, do not find entities. `lax`:
 * subgraphs that check nothing answer null, wrong types and unknown values without an error.
 */
export type Mood = 'sound' | 'failing' | 'lax'

/** An object somebody can be asked about. */
export interface Thing {
  /** Its concrete type. */
  type: string
  /** Who it is: for an entity its family and index, else its place in its parent. */
  key: string
  /** Which of its family it is; null when it is no entity. */
  index: number | null
}

export interface World {
  seed: number
  mood: Mood
  /** What a field holds: JSON, a Thing, null, a list of these, or an Error where resolving fails. */
  value(thing: Thing, field: string, args: string): unknown
  /** The object of a family, or null where there is none. */
  entity(family: string, index: number): Thing | null
  /** How likely something is at a place, so that everybody comes to the same decision. */
  isStruck(place: string, probability: number): boolean
}

const nullChance = 0.12
const strings = [
  '',
  'plain',
  'a "quoted" one',
  'back\\slash',
  'two\nlines',
  'é…漢字🎒',
  '\u2028\u0000',
  '__proto__',
  '</x>',
]
const numbers = [0, 1, -1, 7, 42, 2147483647, -2147483648]
const floats = [0, 0.5, -1.25, 3, 1e21, 1e-7, 12345.678]
const wrongLeaves = ['NOT_KNOWN', 7, 1.5, true, 2 ** 40, '', { a: 1 }, [1]]

export function createWorld(
  facts: GraphFacts,
  options: {
    seed: number
    mood: Mood
    /** Nothing ever fails at a field that tells objects apart. */
    hasSoundKeys: boolean
  },
): World {
  const { seed, mood } = options
  const keyFailure = options.hasSoundKeys ? 0 : 0.01

  function entity(family: string, index: number): Thing | null {
    const type = facts.members(family)?.[index]
    return type === undefined ? null : { type, key: `${family}:${index}`, index }
  }

  function isStruck(place: string, probability: number): boolean {
    return shareOf(seed + 1, place) < probability
  }

  /** Why there is nothing to see at this place; undefined when there is. */
  function absence(place: string, isNullable: boolean, isKey: boolean): Error | null | undefined {
    if (mood === 'failing' && isStruck(`throw ${place}`, isKey ? keyFailure : 0.03))
      return failureAt(seed, place)
    if (mood !== 'sound' && isStruck(`void ${place}`, isKey ? keyFailure : 0.03)) return null
    return isNullable && !isKey && isStruck(`null ${place}`, nullChance) ? null : undefined
  }

  function leaf(named: string, enumValues: string[], place: string): unknown {
    if (mood === 'lax' && isStruck(`wrong ${place}`, 0.04)) return pickBy(wrongLeaves, shareOf(seed, place))
    const share = shareOf(seed, place)
    const hash = hashText(seed + 2, place)
    if (enumValues.length > 0) return pickBy(enumValues, share)
    switch (named) {
      case 'ID':
        return `id-${hash.toString(36)}`
      case 'Int':
        return pickBy(numbers, share)
      case 'Float':
        return pickBy(floats, share)
      case 'Boolean':
        return share < 0.5
      case 'String':
        return share < 0.4 ? pickBy(strings, share / 0.4) : `text-${hash.toString(36)}`
      default:
        // A custom scalar is whatever its owner says.
        return pickBy(
          [{ [named]: hash, deep: [null, { a: [1] }] }, [hash, 'x'], hash, `custom-${hash}`, true, 0],
          share,
        )
    }
  }

  function fill(shape: Shape, place: string, isKey: boolean, inner: (place: string) => unknown): unknown {
    const missing = absence(place, shape.isNullable, isKey)
    if (missing !== undefined) return missing
    const { item } = shape
    if (!item) return inner(place)
    const length = hashText(seed + 3, place) % 4
    return Array.from({ length }, (_, index) => fill(item, `${place}[${index}]`, false, inner))
  }

  return {
    seed,
    mood,
    entity,
    isStruck,
    value: (thing, field, args) => {
      const told = facts.field(thing.type, field)
      const { shape, named } = told
      // What clients may not know of is a fault of whoever tells it.
      const possible = mood === 'lax' ? told.possible : told.possibleShown
      const enumValues = mood === 'lax' ? told.enumValues : told.enumValuesShown
      const isKey = facts.isKeyField(thing.type, field)
      const place = `${thing.key}.${field}(${args})`
      if (possible.length === 0) {
        // Keys tell objects apart: made of the index, not of chance.
        const isPlainKey = isKey && thing.index !== null && ['ID', 'String', 'Int'].includes(named)
        return fill(shape, place, isKey, (inner) => {
          if (!isPlainKey) return leaf(named, enumValues, inner)
          return named === 'Int' ? (thing.index ?? 0) * 7 + 1 : `${thing.key}:${field}`
        })
      }
      return fill(shape, place, isKey, (inner) => {
        const type = pickBy(possible, shareOf(seed + 4, inner))
        const members = facts.members(facts.familyOf(type))
        if (!members) return { type, key: inner, index: null } satisfies Thing
        const indexes = [...members.keys()].filter((index) => members[index] === type)
        return entity(facts.familyOf(type), pickBy(indexes, shareOf(seed + 5, inner)))
      })
    },
  }
}

/** The failure of a place: mostly with a code, as our subgraphs do it. */
function failureAt(seed: number, place: string): GraphQLError {
  const code = pickBy(['FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT', null], shareOf(seed + 6, place))
  return new GraphQLError(`failed at ${place}`, {
    extensions: code === null ? {} : { code, reason: hashText(seed, place) % 100 },
  })
}

// What the generated code of response-source.ts calls. Each writer takes a value that is not null and gives its JSON
// text, or throws `gaveUp` when the type does not allow it.
import { addEntityTag, own } from './response-entities.ts'
import { isWholeNumber, stringText } from './response-leaves.ts'
import { createResponseMemo } from './response-memo.ts'

const gaveUp = new Error('The data is not as the schema says.')

function string(value: unknown): string {
  if (typeof value !== 'string') throw gaveUp
  return stringText(value)
}

function id(value: unknown): string {
  return typeof value === 'string' ? stringText(value) : int(value)
}

function int(value: unknown): string {
  if (!isWholeNumber(value)) throw gaveUp
  return String(value)
}

function float(value: unknown): string {
  if (!Number.isFinite(value)) throw gaveUp
  return String(value)
}

function boolean(value: unknown): string {
  if (typeof value !== 'boolean') throw gaveUp
  return value ? 'true' : 'false'
}

/** An enum's writer, from its values and their texts. */
function oneOf(texts: readonly (readonly [string, string])[]): (value: unknown) => string {
  const textsByValue = new Map<unknown, string>(texts)
  return (value) => {
    const text = textsByValue.get(value)
    if (text === undefined) throw gaveUp
    return text
  }
}

/** A custom scalar's writer: the subgraph that owns it has serialised it. */
function anything(value: unknown): string {
  if (value == null) throw gaveUp
  return typeof value === 'string' ? stringText(value) : JSON.stringify(value)
}

/** By the names that the generated code knows them by. */
export const generatedRuntime = {
  gaveUp,
  own,
  string,
  id,
  int,
  float,
  boolean,
  oneOf,
  anything,
  addEntityTag,
  createResponseMemo,
}

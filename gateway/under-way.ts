/** After so many entries, or as many as took longer than that, a table is left behind. */
const tableSize = 128

/**
 * What is under way, by key. A `Map` alone would be right, and cost a fifth of all CPU: entries come and go, so its
 * inner table is replaced again and again, and V8 chains each one to the next. Once one of them is in the old
 * generation, all that come after it are kept with what they held, until the next major collection. Here a table is
 * dropped while it is young.
 */
export class UnderWay<Value> {
  #recent = new Map<string, Value>()
  #before = new Map<string, Value>()
  #room = tableSize

  get(key: string): Value | undefined {
    return this.#recent.get(key) ?? this.#before.get(key)
  }

  set(key: string, value: Value): void {
    this.#before.delete(key)
    this.#recent.set(key, value)
    this.#room -= 1
    if (this.#room === 0) this.#leaveBehind()
  }

  /** Only while it is this value. */
  delete(key: string, value: Value): void {
    if (this.#recent.get(key) === value) this.#recent.delete(key)
    else if (this.#before.get(key) === value) this.#before.delete(key)
  }

  clear(): void {
    this.#recent = new Map()
    this.#before = new Map()
    this.#room = tableSize
  }

  #leaveBehind(): void {
    const late = this.#before
    this.#before = this.#recent
    // What takes long goes along.
    this.#recent = new Map(late)
    this.#room = Math.max(tableSize, late.size)
  }
}

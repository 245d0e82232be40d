// Runs real asynchronous code one step at a time, in every order there is. What crosses a process boundary is a step
// that waits until it is chosen; what runs between two steps nobody else can see.

import { setImmediate } from 'node:timers/promises'

export interface Step {
  label: string
  /** Part of the state: what this step carries. */
  carries: string
  run: () => void | Promise<void>
}

/** One run of the world, rebuilt for each order that is tried. */
export interface World {
  readonly steps: Step[]
  /** Everything that decides what can still happen, as text. */
  dump(): string
  /** When no step is left: what went wrong, or null. */
  judge(): Promise<string | null>
  close(): void
}

export interface Explored {
  /** Different states. */
  states: number
  /** Different orders of steps, from the start to the end. */
  schedules: number
  /** Orders that end wrong. */
  wrong: number
  /** One of them. */
  example: string[] | null
}

/** Promises that follow upon a step settle in here; the longest chain in the cache takes nine turns. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 16; turn += 1) await Promise.resolve()
}

/** Tries every order. States that were reached before are not followed again, but counted. */
export async function exploreAll(createWorld: () => World): Promise<Explored> {
  const known = new Map<string, { schedules: number; wrong: number }>()
  let example: string[] | null = null

  async function take(world: World, index: number): Promise<string> {
    const [step] = world.steps.splice(index, 1)
    if (!step) throw new Error('The same steps led to another world: something in it is random')
    await step.run()
    await settle()
    return step.label
  }

  async function replay(path: readonly number[]): Promise<World> {
    // Without a turn of the event loop now and then, nothing of the worlds that are done with can be freed.
    await setImmediate()
    const world = createWorld()
    for (const index of path) await take(world, index)
    return world
  }

  /** Uses up the world it is given. */
  async function follow(
    world: World,
    path: number[],
    labels: string[],
  ): Promise<{ schedules: number; wrong: number }> {
    const state = world.dump()
    const before = known.get(state)
    if (before) {
      world.close()
      return before
    }
    const sum = { schedules: 0, wrong: 0 }
    const choices = world.steps.length
    if (choices === 0) {
      const fault = await world.judge()
      world.close()
      sum.schedules = 1
      sum.wrong = fault === null ? 0 : 1
      if (fault !== null) example ??= [...labels, fault]
    }
    for (let index = 0; index < choices; index += 1) {
      const next = index === 0 ? world : await replay(path)
      const label = await take(next, index)
      const found = await follow(next, [...path, index], [...labels, label])
      sum.schedules += found.schedules
      sum.wrong += found.wrong
    }
    known.set(state, sum)
    return sum
  }

  const sum = await follow(createWorld(), [], [])
  return { states: known.size, ...sum, example }
}

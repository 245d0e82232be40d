import type { Contender } from './contender.ts'
import { generateLoad } from './generate-load.ts'

export interface Entrant {
  contender: Contender
  /** Shown in the table. */
  label: string
  status?: number
  next: () => string
}

export interface Measured {
  label: string
  /** Medians of the rounds. */
  requestsPerSecond: number
  cpuMicros: number
  /** How busy the contender's core was, 0 to 1: what asks was too slow when this is far below 1. */
  busy: number
  fetches: number
  rssMegabytes: number
}

/** A slice of the warm-up. */
const sliceSeconds = 2

/**
 * Warms everybody up, then measures A B C A B C …, so that a noisy moment hits all alike. Rejects when anybody answers
 * anything but what is asked of it.
 */
export async function measureRounds(options: {
  title: string
  entrants: readonly Entrant[]
  connections: number
  rounds: number
  seconds: number
  /** Of its own CPU time, at least. */
  warmUpSeconds: number
  /** Requests that the subgraphs got so far. */
  countFetches: () => number
}): Promise<Map<string, Measured>> {
  const { entrants, connections } = options
  console.log(`\n${options.title}`)
  const runs = new Map<string, Measured[]>(entrants.map(({ label }) => [label, []]))
  for (const entrant of entrants) await warmUp(entrant)
  for (let round = 0; round < options.rounds; round += 1) {
    for (const entrant of entrants) runs.get(entrant.label)?.push(await runOnce(entrant, options.seconds))
  }

  /**
   * Until it has worked for long enough and grows no faster. By its own CPU time, not by the clock: where others have
   * the core, V8 has compiled less than it will.
   */
  async function warmUp(entrant: Entrant): Promise<void> {
    const costs: number[] = []
    const endAt = performance.now() + options.warmUpSeconds * 3_000
    for (let worked = 0, isFaster = true; worked < options.warmUpSeconds || isFaster;) {
      const { busy, cpuMicros } = await runOnce(entrant, sliceSeconds)
      worked += busy * sliceSeconds
      isFaster = costs.length > 0 && cpuMicros < Math.min(...costs) * 0.97
      costs.push(cpuMicros)
      if (performance.now() >= endAt) break
    }
    console.log(`  ${entrant.label}: warmed up, ${costs.map((cost) => cost.toFixed(0)).join(' ')} CPU µs`)
  }

  async function runOnce(
    { contender, label, next, status = 200 }: Entrant,
    seconds: number,
  ): Promise<Measured> {
    const before = await contender.usage()
    const fetchesBefore = options.countFetches()
    const load = await generateLoad({ port: contender.port, connections, seconds, status, next }).catch(
      (cause: unknown) => {
        throw new Error(`${label} does not stand it`, { cause })
      },
    )
    const after = await contender.usage()
    if (load.failures > 0) throw new Error(`${label}: ${load.failures} of ${load.requests} answers failed`)
    if (load.sample.includes('"errors"')) throw new Error(`${label}: ${load.sample.slice(0, 500)}`)
    const cpuMicros = after.cpuMicros - before.cpuMicros
    return {
      label,
      requestsPerSecond: load.requests / load.seconds,
      cpuMicros: cpuMicros / load.requests,
      busy: cpuMicros / 1e6 / load.seconds,
      fetches: (options.countFetches() - fetchesBefore) / load.requests,
      rssMegabytes: after.rssBytes / 1e6,
    }
  }

  const results = new Map<string, Measured>()
  for (const [label, measured] of runs) {
    const median = (pick: (run: Measured) => number) => {
      const sorted = measured.map(pick).toSorted((a, b) => a - b)
      return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
    }
    const result = {
      label,
      requestsPerSecond: median((run) => run.requestsPerSecond),
      cpuMicros: median((run) => run.cpuMicros),
      busy: median((run) => run.busy),
      fetches: median((run) => run.fetches),
      rssMegabytes: median((run) => run.rssMegabytes),
    }
    results.set(label, result)
    console.log(
      [
        `  ${label.padEnd(34)}`,
        `${result.requestsPerSecond.toFixed(0).padStart(7)} requests/s`,
        `${result.cpuMicros.toFixed(result.cpuMicros < 100 ? 1 : 0).padStart(7)} CPU µs`,
        `${(result.busy * 100).toFixed(0).padStart(4)} % busy`,
        `${result.fetches.toFixed(2).padStart(6)} fetches`,
        `${result.rssMegabytes.toFixed(0).padStart(5)} MB`,
      ].join('  '),
    )
  }
  return results
}

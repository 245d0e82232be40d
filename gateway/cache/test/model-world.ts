import { createMemoryTier, type MemoryTier } from '../memory-tier.ts'
import { createResponseCache, type Filled, type ResponseCache } from '../response-cache.ts'
import type { Birth, SharedTier } from '../shared-tier.ts'
import { type ConnectedTier, createInProcessStore, type Weakness } from './in-process-shared-tier.ts'
import { settle, type Step, type World } from './schedule.ts'

/** What is going to happen, in whatever order. */
export interface Scenario {
  /** How many ask each of the two gateways, one after the other's question (not answer). */
  readers: { A: number; B: number }
  /** For each commit in the origin, the gateway that gets its event. */
  events: readonly ('A' | 'B')[]
  hasFlushAll?: boolean
  /** At some time what is kept becomes stale: still served, while it is refreshed. */
  hasAgeing?: boolean
  /** The word of a purge is lost, and the gateway finds that out some time later. */
  losesWord?: boolean
  mutation?: Mutation
}

export interface Mutation extends Weakness {
  /** Memory forgets which purges came while something was fetched. */
  memoryKeepsAll?: boolean
  /** Everybody's memory first, the shared tier after it. */
  tellsFirst?: boolean
  /** Whoever asks waits for a fill under way, however old. */
  joinsAll?: boolean
}

/** One fetch, and what it has been told so far: with the shared state, all that decides how it goes on. */
interface Flight {
  name: string
  told: string[]
}

interface Gateway {
  name: 'A' | 'B' | 'C'
  memory: MemoryTier
  tier: ConnectedTier
  cache: ResponseCache<Filled>
  /** The version whose purge is done here: who asks from now on must not get an older one. */
  purgedUpTo: number
  readers: string[]
}

const key = '/graphql/product?variables={}'
const tag = 'Product:1'
const maxAgeMs = 1_000_000_000
const leaseMs = 2_000

/** The one product is in every answer: any purge concerns what was asked before it. */
function isSpent(leasedAt: Birth | null, now: Birth): boolean {
  return leasedAt !== null && (leasedAt.epoch !== now.epoch || leasedAt.seq < now.seq)
}

/** Two gateways with their own memories, one shared tier, one origin with one product. */
export function createModelWorld(scenario: Scenario): World {
  const { mutation = {} } = scenario
  const steps: Step[] = []
  const faults: string[] = []
  let version = 1
  let nowMs = 0
  let purging = 0
  /** The shared clock when somebody last became the one to ask the origin. */
  let leasedAt: Birth | null = null
  // Between two steps only one flight goes on: the one that has just been told something.
  let current: Flight = { name: '', told: [] }

  const add = (label: string, run: () => void | Promise<void>, carries = ''): void => {
    steps.push({ label, carries, run })
  }

  const store = createInProcessStore({
    nowMs: () => nowMs,
    leaseMs,
    weakness: mutation,
    send: (from) => {
      if (!mutation.tellsFirst) tellOther(from, purging)
    },
  })

  function tellOther(from: string, purged: number): void {
    const gateway = from === 'A' ? gatewayB : gatewayA
    const isLost = scenario.losesWord === true
    const run = (): void => {
      if (isLost) gateway.tier.lose()
      else gateway.tier.deliver([tag])
      gateway.purgedUpTo = Math.max(gateway.purgedUpTo, purged)
    }
    add(`${gateway.name} ${isLost ? 'finds that it missed' : 'hears of'} the purge ${purged}`, run)
  }

  /** An operation of a flight on its way: done over there at one moment, known of here at a later one. */
  function remote<T>(what: string, flight: Flight, perform: () => Promise<T>, tell: (result: T) => string) {
    return new Promise<T>((resolve) => {
      const performStep = async (): Promise<void> => {
        const result = await perform()
        flight.told.push(tell(result))
        const tellStep = (): void => {
          current = flight
          resolve(result)
        }
        add(`${flight.name} ${what}: answered`, tellStep, flight.told.join())
      }
      add(`${flight.name} ${what}`, performStep, flight.told.join())
    })
  }

  function createGateway(name: Gateway['name']): Gateway {
    const flights = new Map<string, Flight>()
    const real = createMemoryTier({ maxBytes: 1_000_000, nowMs: () => nowMs })
    const memory: MemoryTier = mutation.memoryKeepsAll
      ? { ...real, put: (entry) => real.put(entry, Number.MAX_SAFE_INTEGER) }
      : real
    const tier = store.connect(name)
    const flightOf = (token: string): Flight => {
      const own = `${name}:${token.split(':').at(-1) ?? ''}`
      const flight = flights.get(own) ?? { name: own, told: [`${real.begin()} ${nowMs}`] }
      flights.set(own, flight)
      return flight
    }
    const distant: SharedTier = {
      ...tier,
      read: (askedKey, token, types) => {
        const flight = flightOf(token)
        current = flight
        const read = async () => {
          const found = await tier.read(askedKey, flight.name, types)
          if (found?.hasLease) leasedAt = found.birth
          else if (found?.entry === null && isSpent(leasedAt, found.birth)) {
            faults.push(`${flight.name} waits for a fill that began before a purge`)
          }
          return found
        }
        return remote('reads', flight, read, (found) =>
          found
            ? `${found.birth.epoch} ${found.birth.seq} ${found.hasLease} ${String(found.entry?.body)}`
            : '-',
        )
      },
      store: (entry, birth, token) => {
        const flight = flightOf(token)
        return remote('stores', flight, () => tier.store(entry, birth, flight.name), String)
      },
      release: (askedKey, token) => tier.release(askedKey, flightOf(token).name),
      purge: (tags) => {
        const purged = purging
        const purge = (): Promise<boolean> => {
          purging = purged
          return tier.purge(tags)
        }
        return remote('purges', { name: `${name} ${purged}`, told: [] }, purge, String)
      },
    }
    const cache = createResponseCache<Filled>({
      memory,
      shared: distant,
      nowMs: () => nowMs,
      // Long enough for any lease to be over: the loser looks once more, and then asks the origin itself.
      pause: () =>
        new Promise<void>((resolve) => {
          const flight = current
          const wake = (): void => {
            nowMs += leaseMs + 1
            current = flight
            resolve()
          }
          add(`${flight.name} has waited`, wake, flight.told.join())
        }),
    })
    return { name, memory, tier, cache, purgedUpTo: 1, readers: [] }
  }

  const gatewayA = createGateway('A')
  const gatewayB = createGateway('B')

  async function read({ cache }: Gateway): Promise<number> {
    const askOrigin = async (): Promise<Filled> => ({ body: String(version), tags: [tag], isCacheable: true })
    const result = await cache.read({
      key,
      maxAgeMs,
      types: mutation.joinsAll ? [] : ['Product'],
      fill: () => remote('asks the origin', current, askOrigin, ({ body }) => body),
    })
    return Number(result.kind === 'entry' ? result.entry.identity.payload : result.filled.body)
  }

  function addReader(gateway: Gateway, index: number): void {
    if (index === (gateway === gatewayA ? scenario.readers.A : scenario.readers.B)) return
    const who = `reader ${index} at ${gateway.name}`
    add(`${who} asks`, async () => {
      addReader(gateway, index + 1)
      const mustSee = gateway.purgedUpTo
      const reading = read(gateway)
      // Only the last flight can be joined.
      gateway.readers[index] = `${mustSee} ${gateway.cache.counts.joined} ${current.name}`
      void reading.then((got) => {
        gateway.readers[index] = 'done'
        if (got < mustSee) faults.push(`${who} got version ${got} after the purge ${mustSee} was done there`)
      })
      await settle()
    })
  }

  function addCommit(index: number): void {
    const name = scenario.events[index]
    if (name === undefined) return
    add(`commit ${index + 2}`, () => {
      version += 1
      const committed = version
      add(`${name} gets the event ${committed}`, () => {
        purge(name === 'A' ? gatewayA : gatewayB, committed)
      })
      addCommit(index + 1)
    })
  }

  function purge(gateway: Gateway, committed: number): void {
    purging = committed
    if (mutation.tellsFirst) {
      gateway.memory.purge([tag])
      tellOther(gateway.name, committed)
    }
    void gateway.cache.purge([tag]).then(() => {
      gateway.purgedUpTo = Math.max(gateway.purgedUpTo, committed)
    })
  }

  addReader(gatewayA, 0)
  addReader(gatewayB, 0)
  addCommit(0)
  if (scenario.hasAgeing) {
    add('everything gets stale', () => {
      nowMs += 0.6 * maxAgeMs
    })
  }
  if (scenario.hasFlushAll) {
    add('FLUSHALL', () => {
      store.flushAll()
    })
  }

  return {
    steps,
    dump: () =>
      [
        version,
        nowMs,
        store.dump(),
        ...[gatewayA, gatewayB].map(({ memory, purgedUpTo, readers }) => [
          String(memory.find(key)?.identity.payload),
          memory.begin(),
          purgedUpTo,
          ...readers,
        ]),
        faults.length,
        JSON.stringify(leasedAt),
        ...steps.map(({ label, carries }) => label + carries).sort(),
      ].join('|'),
    judge: async () => {
      // A third gateway, that has just been started, sees what the shared tier holds by itself.
      for (const gateway of [gatewayA, gatewayB, createGateway('C')]) {
        const reading = read(gateway)
        await settle()
        for (let next = steps.shift(); next; next = steps.shift()) {
          await next.run()
          await settle()
        }
        const got = await reading
        if (gateway.name === 'C') gateway.memory.close()
        if (got < version) faults.push(`at the end ${gateway.name} still gives version ${got} of ${version}`)
      }
      return faults[0] ?? null
    },
    close: () => {
      gatewayA.memory.close()
      gatewayB.memory.close()
    },
  }
}

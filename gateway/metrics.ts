// What the gateway counts, as Prometheus reads it. Counting is adding to a number in an object that the one who counts
// keeps at hand; names, labels and text are made when somebody asks. prom-client would look a label set up per event.
import type { BreakerState } from './subgraphs/circuit-breaker.ts'

/** One number under one set of labels. */
export interface Cell {
  value: number
}

/** Cells of one name. */
interface Family {
  /** The cell of these label values, in the order of the labels; made when it is new. */
  cell(...values: string[]): Cell
  toText(): string
}

export interface SubgraphMetrics {
  readonly answered: Cell
  readonly joined: Cell
  readonly repeated: Cell
  readonly timeout: Cell
  readonly abandoned: Cell
  readonly failed: Cell
  readonly circuitOpen: Cell
  readonly busy: Cell
  breakerState(state: BreakerState): void
}

export interface GatewayMetrics {
  /** `operation` must be a registered name, or null; the client's own words about itself are bounded here. */
  countOperation(of: {
    operation: string | null
    clientName: string | null
    clientVersion: string | null
    outcome: string
  }): void
  cache(tier: string, result: string): Cell
  executor(executor: 'compiled' | 'stock'): Cell
  subgraph(name: string): SubgraphMetrics
  /** `code` is one of ours, never a client's word. */
  refusal(code: string): Cell
  /** All of it in Prometheus' text format 0.0.4. */
  toText(): string
}

/** Clients name themselves: after this many, and for names that are none, they are `other`. */
const knownClients = 50
const clientName = /^[\w@./ -]{1,60}$/

const breakerLevel: Readonly<Record<BreakerState, number>> = { closed: 0, 'half-open': 1, open: 2 }

export function createGatewayMetrics(): GatewayMetrics {
  const operations = createFamily({
    name: 'maison_gateway_operations_total',
    help: 'Operations answered, by registered name and by what the client calls itself.',
    labels: ['operation', 'client_name', 'client_version', 'outcome'],
  })
  const cache = createFamily({
    name: 'maison_gateway_cache_total',
    help: 'Look-ups in the response cache.',
    labels: ['tier', 'result'],
  })
  const executor = createFamily({
    name: 'maison_gateway_executor_total',
    help: 'Operations executed, by who executed them.',
    labels: ['executor'],
  })
  const requests = createFamily({
    name: 'maison_gateway_subgraph_requests_total',
    help: 'What became of asking a subgraph.',
    labels: ['subgraph', 'result'],
  })
  const refusals = createFamily({
    name: 'maison_gateway_refusals_total',
    help: 'Requests not passed on.',
    labels: ['code'],
  })
  const breakers = createFamily({
    name: 'maison_gateway_breaker_state',
    help: 'Circuit breaker of a subgraph: 0 closed, 1 half-open, 2 open.',
    labels: ['subgraph'],
    type: 'gauge',
  })
  const clients = new Set<string>()

  function boundedClient(name: string | null, version: string | null): [string, string] {
    if (name === null && version === null) return ['', '']
    const pair = `${name ?? ''}\n${version ?? ''}`
    if (!clients.has(pair)) {
      const isName = clientName.test(name ?? '-') && clientName.test(version ?? '-')
      if (!isName || clients.size >= knownClients) return ['other', 'other']
      clients.add(pair)
    }
    return [name ?? '', version ?? '']
  }

  return {
    countOperation: (of) => {
      const [name, version] = boundedClient(of.clientName, of.clientVersion)
      operations.cell(of.operation ?? 'other', name, version, of.outcome).value += 1
    },
    cache: (tier, result) => cache.cell(tier, result),
    executor: (name) => executor.cell(name),
    subgraph: (name) => {
      const breaker = breakers.cell(name)
      return {
        answered: requests.cell(name, 'answered'),
        joined: requests.cell(name, 'joined'),
        repeated: requests.cell(name, 'repeated'),
        timeout: requests.cell(name, 'timeout'),
        abandoned: requests.cell(name, 'abandoned'),
        failed: requests.cell(name, 'failed'),
        circuitOpen: requests.cell(name, 'circuit_open'),
        busy: requests.cell(name, 'busy'),
        breakerState: (state) => {
          breaker.value = breakerLevel[state]
        },
      }
    },
    refusal: (code) => refusals.cell(code),
    toText: () =>
      [operations, cache, executor, requests, refusals, breakers].map((family) => family.toText()).join(''),
  }
}

function createFamily(options: {
  name: string
  help: string
  labels: readonly string[]
  type?: 'counter' | 'gauge'
}): Family {
  const { name, help, labels, type = 'counter' } = options
  const cells = new Map<string, Cell & { values: readonly string[] }>()
  return {
    cell: (...values) => {
      const key = values.join('\n')
      let cell = cells.get(key)
      if (!cell) {
        cell = { value: 0, values }
        cells.set(key, cell)
      }
      return cell
    },
    toText: () => {
      let text = `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`
      for (const { values, value } of cells.values()) {
        const pairs = labels.map((label, place) => `${label}="${escape(values[place] ?? '')}"`)
        text += `${name}{${pairs.join(',')}} ${String(value)}\n`
      }
      return text
    },
  }
}

function escape(value: string): string {
  return value.replace(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`))
}

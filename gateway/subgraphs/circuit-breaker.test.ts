import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AskOutcome, type BreakerState, createCircuitBreaker } from './circuit-breaker.ts'

function createTimed(startMs = 1_000_000) {
  const clock = { ms: startMs }
  const changes: BreakerState[] = []
  const breaker = createCircuitBreaker({ now: () => clock.ms, onChange: (state) => void changes.push(state) })
  return {
    breaker,
    clock,
    changes,
    ask: (outcome: AskOutcome, times = 1) => {
      for (let nth = 0; nth < times; nth += 1) {
        const ticket = breaker.admit()
        if (ticket === null) throw new Error('Not admitted')
        breaker.settle(ticket, outcome)
      }
    },
  }
}

test('it opens when half of at least twenty asks failed', () => {
  const { breaker, ask } = createTimed()
  ask('failed', 19)
  expect(breaker.state).toBe('closed')
  ask('failed')
  expect(breaker.state).toBe('open')
  expect(breaker.admit()).toBe(null)

  const mixed = createTimed()
  mixed.ask('answered', 30)
  mixed.ask('failed', 29)
  expect(mixed.breaker.state).toBe('closed')
  mixed.ask('failed')
  expect(mixed.breaker.state).toBe('open')
})

test('what was longer ago than ten seconds, or given up, does not count', () => {
  const { breaker, clock, ask } = createTimed()
  ask('failed', 19)
  clock.ms += 10_000
  ask('failed', 19)
  ask('abandoned', 100)
  expect(breaker.state).toBe('closed')
  clock.ms += 9_000
  ask('failed')
  expect(breaker.state).toBe('open')
})

test('while open one ask at a time tries, after 1, 2, 4, 8, 10 and again 10 seconds', () => {
  const { breaker, clock, ask, changes } = createTimed()
  ask('failed', 20)
  for (const seconds of [1, 2, 4, 8, 10, 10]) {
    clock.ms += seconds * 1_000 - 1
    expect(breaker.admit()).toBe(null)
    clock.ms += 1
    const ticket = breaker.admit()
    if (ticket === null) throw new Error('Not admitted')
    expect(breaker.admit()).toBe(null)
    breaker.settle(ticket, 'failed')
  }
  clock.ms += 10_000
  ask('answered')
  expect(breaker.state).toBe('closed')
  expect(changes.slice(-2)).toEqual(['half-open', 'closed'])
  // A new beginning: neither the old failures nor the long waits are left.
  ask('failed', 19)
  expect(breaker.state).toBe('closed')
  ask('failed')
  clock.ms += 1_000
  ask('answered')
  expect(breaker.state).toBe('closed')
})

test.each([0, 1_000_000])(
  'once closed it has forgotten why it was open (%i ms after the start)',
  (startMs) => {
    const { breaker, clock, ask } = createTimed(startMs)
    ask('failed', 20)
    clock.ms += 1_000
    ask('answered')
    ask('failed', 19)
    expect(breaker.state).toBe('closed')
    ask('failed')
    expect(breaker.state).toBe('open')
  },
)

test('a try that was given up leaves the next ask to try at once', () => {
  const { breaker, clock, ask } = createTimed()
  ask('failed', 20)
  clock.ms += 1_000
  ask('abandoned')
  expect(breaker.state).toBe('open')
  ask('answered')
  expect(breaker.state).toBe('closed')
})

test('what was asked before a change of state says nothing after it', () => {
  const { breaker, clock, ask } = createTimed()
  const early = breaker.admit() ?? -1
  ask('failed', 20)
  breaker.settle(early, 'answered')
  expect(breaker.state).toBe('open')
  clock.ms += 1_000
  const probe = breaker.admit() ?? -1
  breaker.settle(early, 'failed')
  expect(breaker.state).toBe('half-open')
  breaker.settle(probe, 'answered')
  breaker.settle(probe, 'failed')
  expect(breaker.state).toBe('closed')
})

const step = fc.oneof(
  fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 4_000 }) }),
  fc.record({ kind: fc.constant('ask' as const), times: fc.integer({ min: 1, max: 12 }) }),
  fc.record({
    kind: fc.constant('settle' as const),
    nth: fc.nat(),
    times: fc.integer({ min: 1, max: 12 }),
    outcome: fc.constantFrom<AskOutcome>('answered', 'failed', 'failed', 'abandoned'),
  }),
)

test('whatever happens: not shut without cause, never two tries, never shut for longer than ten seconds', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const { breaker, clock } = createTimed()
      const held: { ticket: number; era: number }[] = []
      let era = 0
      let before = 'closed' as BreakerState
      let shutSince = 0
      // What counts towards opening: settled in this closed state.
      let settled: { ms: number; isFailure: boolean }[] = []
      const look = () => {
        if (breaker.state === before) return
        era += 1
        if (breaker.state === 'open') {
          shutSince = clock.ms
          if (before === 'closed') {
            const recent = settled.filter(({ ms }) => ms > clock.ms - 10_000)
            expect(recent.length).toBeGreaterThanOrEqual(20)
            const failures = recent.filter(({ isFailure }) => isFailure).length
            expect(failures * 2).toBeGreaterThanOrEqual(recent.length)
          }
        }
        settled = []
        before = breaker.state
      }
      for (const taken of steps) {
        if (taken.kind === 'wait') clock.ms += taken.ms
        else if (taken.kind === 'ask') {
          for (let nth = 0; nth < taken.times; nth += 1) {
            const was = breaker.state
            const ticket = breaker.admit()
            look()
            if (was === 'closed') expect(ticket).not.toBe(null)
            if (was === 'half-open') expect(ticket).toBe(null)
            if (was === 'open' && clock.ms - shutSince >= 10_000) expect(ticket).not.toBe(null)
            if (was === 'open' && ticket !== null) expect(breaker.state).toBe('half-open')
            if (ticket !== null) held.push({ ticket, era })
          }
        } else {
          for (let nth = 0; nth < taken.times && held.length > 0; nth += 1) {
            const [one] = held.splice(taken.nth % held.length, 1)
            if (!one) break
            if (one.era === era && before === 'closed' && taken.outcome !== 'abandoned') {
              settled.push({ ms: clock.ms, isFailure: taken.outcome === 'failed' })
            }
            const was = breaker.state
            breaker.settle(one.ticket, taken.outcome)
            if (one.era !== era) expect(breaker.state).toBe(was)
            look()
          }
        }
      }
      // The subgraph is well again: it takes one ask, ten seconds from now at the latest.
      for (const { ticket } of held) breaker.settle(ticket, 'abandoned')
      clock.ms += 10_000
      const last = breaker.admit()
      expect(last).not.toBe(null)
      breaker.settle(last ?? -1, 'answered')
      expect(breaker.state).toBe('closed')
    }),
    { numRuns: 300 },
  )
})

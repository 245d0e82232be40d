import { expect, test } from 'vitest'
import { createGatewayMetrics } from './metrics.ts'
import { sumMetrics } from './sum-metrics.ts'

test('what two processes counted is told as one would tell it; of a breaker, the worst', () => {
  const [one, two, both] = [createGatewayMetrics(), createGatewayMetrics(), createGatewayMetrics()]
  for (const [metrics, asked] of [
    [one, 3],
    [two, 4],
    [both, 7],
  ] as const) {
    metrics.cache('memory', 'hit').value = asked
    metrics.subgraph('orders').answered.value = asked * 10
  }
  for (const metrics of [one, both]) metrics.subgraph('orders').breakerState('half-open')
  const counted = { operation: 'Say "it"', clientName: 'web app', clientVersion: '1', outcome: 'answered' }
  for (const metrics of [two, both]) metrics.countOperation(counted)
  const lines = (text: string) => text.trim().split('\n').sort()
  expect(lines(sumMetrics([one.toText(), two.toText()]))).toEqual(lines(both.toText()))
  expect(sumMetrics([one.toText()])).toBe(one.toText())
  expect(sumMetrics([])).toBe('')
})

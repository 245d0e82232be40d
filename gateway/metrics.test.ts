import { expect, test } from 'vitest'
import { createGatewayMetrics } from './metrics.ts'

const page = { operation: 'ProductPage', clientName: 'web', clientVersion: '1.4.0', outcome: 'ok' }

test('what was counted stands in the text, one line for one set of labels', () => {
  const metrics = createGatewayMetrics()
  metrics.countOperation(page)
  metrics.countOperation(page)
  metrics.countOperation({ ...page, operation: null, clientName: null, clientVersion: null })
  metrics.cache('memory', 'hit').value += 3
  metrics.executor('compiled').value += 1
  metrics.refusal('OPERATION_TOO_LARGE').value += 1
  const goods = metrics.subgraph('goods')
  goods.answered.value += 5
  goods.breakerState('open')
  const lines = metrics.toText().split('\n')
  expect(lines).toEqual(
    expect.arrayContaining([
      '# TYPE maison_gateway_operations_total counter',
      'maison_gateway_operations_total{operation="ProductPage",client_name="web",client_version="1.4.0",outcome="ok"} 2',
      'maison_gateway_operations_total{operation="other",client_name="",client_version="",outcome="ok"} 1',
      'maison_gateway_cache_total{tier="memory",result="hit"} 3',
      'maison_gateway_executor_total{executor="compiled"} 1',
      'maison_gateway_refusals_total{code="OPERATION_TOO_LARGE"} 1',
      'maison_gateway_subgraph_requests_total{subgraph="goods",result="answered"} 5',
      '# TYPE maison_gateway_breaker_state gauge',
      'maison_gateway_breaker_state{subgraph="goods"} 2',
    ]),
  )
  // Every line is one that Prometheus reads.
  for (const line of lines.slice(0, -1)) {
    expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+\{(\w+="([^"\\\n]|\\["\\n])*",?)+\} \d+)$/)
  }
  expect(lines.at(-1)).toBe('')
})

test('clients that make up names fill one line, and those known before keep theirs', () => {
  const metrics = createGatewayMetrics()
  metrics.countOperation(page)
  metrics.countOperation({ ...page, clientName: 'a"} 1\nevil' })
  metrics.countOperation({ ...page, clientName: 'x'.repeat(61) })
  for (let nth = 0; nth < 200; nth += 1)
    metrics.countOperation({ ...page, clientVersion: `9.${String(nth)}` })
  metrics.countOperation(page)
  const lines = metrics
    .toText()
    .split('\n')
    .filter((line) => line.startsWith('maison_gateway_operations_total'))
  expect(lines.length).toBe(51)
  expect(lines[0]).toMatch(/client_name="web",client_version="1\.4\.0",outcome="ok"\} 2$/)
  expect(lines[1]).toMatch(/client_name="other",client_version="other",outcome="ok"\} 153$/)
})

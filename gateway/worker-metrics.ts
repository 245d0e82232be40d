// METRICS_PORT with several workers: their parent serves what all of them have counted, those that ended included.
import cluster, { type Worker } from 'node:cluster'
import { listen, type RunningHttpServer } from '#platform/server/http-server.ts'
import { sumMetrics } from './sum-metrics.ts'

const question = 'metrics?'
const isAnswer = (message: unknown): message is { metrics: string } =>
  typeof message === 'object' &&
  message !== null &&
  'metrics' in message &&
  typeof message.metrics === 'string'

/** A worker that is busy for longer is told of by what it said last. */
const patienceMs = 1_000

/** In a worker: tells its parent what it has counted, whenever it asks. */
export function tellMetrics(toText: () => string): void {
  process.on('message', (message) => {
    if (message === question) process.send?.({ metrics: toText() })
  })
}

/** Serves the metrics of all workers. Rejects when the port is taken. */
export async function serveWorkerMetrics(options: {
  port: number
  host: string
}): Promise<RunningHttpServer> {
  /** The last that each worker said. */
  const told = new Map<number, string>()
  /** Of the workers that have ended: counters never go back. */
  let ended = ''
  cluster.on('message', (worker, message: unknown) => {
    if (isAnswer(message)) told.set(worker.id, message.metrics)
  })
  cluster.on('exit', ({ id }) => {
    ended = withoutGauges(sumMetrics([ended, told.get(id) ?? '']))
    told.delete(id)
  })
  return listen(
    (_, response) => {
      const workers = Object.values(cluster.workers ?? {})
      const asked = workers.flatMap((worker) => (worker?.isConnected() === true ? [ask(worker)] : []))
      void Promise.all(asked).then(() => {
        response.setHeader('content-type', 'text/plain; version=0.0.4')
        response.end(sumMetrics([...told.values(), ended]))
      })
    },
    { port: options.port, host: options.host },
  )
}

/** Resolves when it has answered, has ended, or is too slow. */
function ask(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, patienceMs)
    function onMessage(message: unknown): void {
      if (isAnswer(message)) done()
    }
    function done(): void {
      clearTimeout(timer)
      worker.off('message', onMessage).off('exit', done)
      resolve()
    }
    worker.on('message', onMessage).once('exit', done)
    worker.send(question, (error) => {
      if (error) done()
    })
  })
}

/** What a worker that is no more thinks of a subgraph means nothing. */
function withoutGauges(text: string): string {
  const gauges = [...text.matchAll(/^# TYPE (\S+) gauge$/gm)].map(([, name]) => name)
  return text
    .split('\n')
    .filter((line) => line.startsWith('#') || !gauges.includes(line.slice(0, line.search(/[{ ]|$/))))
    .join('\n')
}

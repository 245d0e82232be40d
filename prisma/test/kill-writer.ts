// A process to be killed: writes events, relays them, and applies them, on the database it is given. With `drain` it
// only finishes what earlier ones left.
import { defineConsumer } from '#platform/events/consumer.ts'
import { createInProcessBus } from '#platform/events/in-process-bus.ts'
import { runConsumers } from '#platform/events/run-consumers.ts'
import { silentLogger } from '#platform/log/logger.ts'
import { emit } from '#platform/outbox/emit.ts'
import { startRelay } from '#platform/outbox/relay.ts'
import { counted } from './counted.ts'
import { connectTo, type Tx } from './event-client.ts'

const [url = '', mode] = process.argv.slice(2)
const database = connectTo(url)
const bus = createInProcessBus({ log: silentLogger })
const consumer = defineConsumer({
  name: 'applies',
  hears: [counted],
  order: 'every',
  handle: async ({ aggregateId, sequence }, tx: Tx) => {
    await tx.$executeRaw`
      insert into heard (consumer, aggregate_id, sequence) values ('applies', ${aggregateId}, ${sequence}::bigint)`
  },
})
await runConsumers({ bus, database, consumers: [consumer], log: silentLogger })
const relay = startRelay({ pool: database.pool, bus, log: silentLogger, sweepMs: 50, leaseMs: 300 })

if (mode === 'drain') {
  await relay.idle()
  await bus.close()
  await relay.stop()
  await database.close()
} else {
  process.stdout.write('writing\n')
  await Promise.all([0, 1, 2].map(writeForEver))
}

async function writeForEver(writer: number): Promise<never> {
  for (let n = 0; ; n++) {
    const aggregateId = `aggregate-${String((writer + n) % 4)}`
    await database.transact((tx) => emit(tx, counted, { aggregateId, payload: { n } }))
  }
}

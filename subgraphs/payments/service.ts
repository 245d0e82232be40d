import { randomBytes } from 'node:crypto'
import { createDatabase } from '#platform/database/database.ts'
import type { Parts } from '#platform/server/parts.ts'
import type { Subgraph } from '#platform/server/subgraph.ts'
import type { PaymentsConfig } from './config.ts'
import { onBooksMismatched } from './consumers/on-books-mismatched.ts'
import { onHoldExtended } from './consumers/on-hold-extended.ts'
import { onMarketChanged } from './consumers/on-market-changed.ts'
import { onOrderChanged } from './consumers/on-order-changed.ts'
import { onPaymentRejected } from './consumers/on-payment-rejected.ts'
import { onRefundRequested } from './consumers/on-refund-requested.ts'
import { onSaleRecorded } from './consumers/on-sale-recorded.ts'
import { PrismaClient } from './data/generated/client.ts'
import type { Tx } from './data/tx.ts'
import type { BankAccount } from './bank-account.ts'
import { createGiftCardThrottle } from './gift-card-throttle.ts'
import { createLoaders, type Loaders } from './graphql/loaders.ts'
import { createResolvers } from './graphql/resolvers.ts'
import { createJobs } from './jobs.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { soon } from './soon.ts'
import { openStripe } from './providers/open-stripe.ts'
import { createSandboxProvider } from './providers/sandbox-provider.ts'
import { runSandbox } from './sandbox/run-sandbox.ts'
import { createSandboxRoutes } from './sandbox/sandbox-routes.ts'
import type { SandboxWorld } from './sandbox/sandbox-world.ts'
import { advanceReconciliation } from './usecases/advance-reconciliation.ts'
import { catchUpEvents } from './usecases/catch-up-events.ts'
import { workThrough } from './usecases/work-through.ts'
import { createWebhookRoute } from './webhooks/webhook-route.ts'

/** The payments subgraph: how orders are paid. Stripe when its key is given, else the built-in sandbox. */
export function createPayments(config: PaymentsConfig, parts: Parts): Subgraph<Tx, Loaders> {
  const { clock } = parts
  const log = parts.log.child({ subgraph: 'payments' })
  const database = createDatabase<PrismaClient, Tx>({
    url: config.DATABASE_URL,
    PrismaClient,
    poolSize: config.DATABASE_POOL,
    log,
  })
  const world: SandboxWorld = { database, clock, delayMs: config.SANDBOX_DELAY_MS }
  const isSandbox = config.STRIPE_SECRET_KEY === undefined
  const sandbox = createSandboxProvider(world, config.SANDBOX_WEBHOOK_SECRET ?? '')
  const { shopper, background } = isSandbox
    ? { shopper: sandbox, background: sandbox }
    : openStripe(config, clock)
  const work = {
    database,
    clock,
    providers: new Map([[background.name, background]]),
    pollAfterMs: config.PAYMENT_POLL_AFTER_MS,
    captureMethod: config.PAYMENT_CAPTURE,
  }
  const stopping = new AbortController()
  const pass = (work: () => Promise<void>) =>
    oneAtATime(() => (stopping.signal.aborted ? Promise.resolve() : work()))
  const passes = {
    work: pass(() => workThrough(work, log)),
    catchUp: pass(async () => {
      const found = await catchUpEvents(work, background)
      if (found === 0) return
      log.info({ found }, 'events of the provider that no webhook had told')
      await passes.work()
    }),
    sandbox: pass(() =>
      isSandbox
        ? runSandbox(world, { ...webhookTarget(config), signal: stopping.signal }, log)
        : Promise.resolve(),
    ),
    reconcile: pass(() => advanceReconciliation(work, log)),
  }
  const nudge = (run: () => Promise<void>) => () => {
    run().catch((error: unknown) => {
      log.warn({ err: error }, 'a pass over what is due failed; the next one comes soon')
    })
  }
  // What a commit has made due is done at once; the jobs find what a crash left.
  database.onCommit(soon(passLaterMs, nudge(passes.work)))
  if (isSandbox) database.onCommit(soon(passLaterMs, nudge(passes.sandbox)))
  return {
    name: 'payments',
    schemaFile: new URL('./schema.graphql', import.meta.url),
    resolvers: createResolvers({
      ...work,
      // A shopper waits for what is asked here: it goes before the worker's.
      providers: new Map([[shopper.name, shopper]]),
      provider: shopper,
      ticketSecret: config.PAYMENT_TICKET_SECRET,
      throttle: createGiftCardThrottle({ cache: parts.cache, secret: config.PAYMENT_TICKET_SECRET, log }),
      bankAccount: bankAccountOf(config),
      randomBytes,
      compareBooks: nudge(passes.reconcile),
    }),
    createLoaders: () => createLoaders(database.prisma),
    consumers: [
      onMarketChanged,
      onOrderChanged({ clock }),
      onHoldExtended,
      onPaymentRejected({ clock }),
      onRefundRequested({ clock }),
      onSaleRecorded({ clock }),
      onBooksMismatched({ clock }),
    ],
    jobs: createJobs({ work, passes, catchUpMs: config.PAYMENT_CATCH_UP_MS, isSandbox, log }),
    routes: [
      createWebhookRoute(work, background, soon(passLaterMs, nudge(passes.work))),
      ...(isSandbox ? createSandboxRoutes(world) : []),
    ],
    database: {
      ...database,
      close: async () => {
        stopping.abort()
        await atMost(stopGraceMs, Promise.allSettled(Object.values(passes).map((pass) => pass())))
        await database.close()
      },
    },
  }
}

function bankAccountOf(config: PaymentsConfig): BankAccount | null {
  if (config.BANK_IBAN === undefined) return null
  return { holder: config.BANK_ACCOUNT_HOLDER ?? '', iban: config.BANK_IBAN, bic: config.BANK_BIC ?? null }
}

function webhookTarget(config: PaymentsConfig) {
  const url = config.SANDBOX_WEBHOOK_URL ?? `http://127.0.0.1:${config.PORT}/webhooks/sandbox`
  return { url, secret: config.SANDBOX_WEBHOOK_SECRET ?? '' }
}

/** A pass reads three tables: so long it waits for what else is committed, and looks once for all of it. */
const passLaterMs = 10

/** What a pass has not finished by then is due again at the next start. */
const stopGraceMs = 2_000

async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const end = new Promise((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, end])
  clearTimeout(timer)
}

import { z } from 'zod'
import { type Refuse, transactOrRefuse } from '#platform/database/transact-or-refuse.ts'
import type { Resolver } from '#platform/graphql/build-schema.ts'
import { invalidInput, parseInput } from '#platform/graphql/parse-input.ts'
import { text } from '#platform/graphql/text-input.ts'
import type { PaymentCase } from '../../data/generated/client.ts'
import type { Tx } from '../../data/tx.ts'
import { type CaseRefusal, resolveCase, retryRefund, takeCase } from '../../usecases/work-on-case.ts'
import { idInput } from '../inputs.ts'
import { callerOf, type Ctx, type PaymentServices } from '../services.ts'

const version = z.int().min(1)
const takeInput = z.object({ id: idInput('case'), version })
const retryInput = z.object({ caseId: idInput('case'), version })
const resolveInput = takeInput.extend({
  resolution: z.enum(['REFUNDED', 'KEPT', 'WRITTEN_OFF', 'RETRIED', 'CORRECTED']),
  note: text({ max: 500 }),
})

interface Args {
  input: unknown
}

/** What support does about cases. */
export function createCaseMutations({ database, clock }: PaymentServices): Record<string, Resolver> {
  const work = async (step: (tx: Tx, refuse: Refuse<CaseRefusal>) => Promise<PaymentCase>) => {
    const outcome = await transactOrRefuse(database, async (tx, refuse: Refuse<CaseRefusal>) => ({
      kind: 'Done' as const,
      paymentCase: await step(tx, refuse),
    }))
    return outcome.kind === 'Done'
      ? { kind: 'PaymentCaseSuccess', case: outcome.paymentCase }
      : refused(outcome)
  }
  return {
    takePaymentCase: async (_: unknown, { input }: Args, { identity }: Ctx) => {
      const parsed = parseInput(takeInput, input)
      if (parsed.kind !== 'Parsed') return parsed
      const seen = { ...parsed.value, actorRef: callerOf(identity).userId }
      return await work((tx, refuse) => takeCase(tx, refuse, { seen, now: clock.now() }))
    },
    resolvePaymentCase: async (_: unknown, { input }: Args, { identity }: Ctx) => {
      const parsed = parseInput(resolveInput, input)
      if (parsed.kind !== 'Parsed') return parsed
      const { resolution, note, ...rest } = parsed.value
      const seen = { ...rest, actorRef: callerOf(identity).userId }
      return await work((tx, refuse) => resolveCase(tx, refuse, { seen, resolution, note, now: clock.now() }))
    },
    retryRefund: async (_: unknown, { input }: Args, { identity }: Ctx) => {
      const parsed = parseInput(retryInput, input)
      if (parsed.kind !== 'Parsed') return parsed
      const { caseId: id, version } = parsed.value
      const seen = { id, version, actorRef: callerOf(identity).userId }
      return await work((tx, refuse) => retryRefund(tx, refuse, { seen, now: clock.now() }))
    },
  }
}

function refused(refusal: CaseRefusal) {
  switch (refusal.kind) {
    case 'NotOpen':
      return { kind: 'PaymentCaseNotOpenError', message: 'This case is not open. Look at the queue again.' }
    case 'Changed': {
      const message = 'Somebody else worked on this case meanwhile. Look at it again.'
      return { kind: 'PaymentCaseChangedError', message, case: refusal.paymentCase }
    }
    case 'StillKept':
      return invalidInput('resolution', 'The money is not given back yet. Refund it first.')
    case 'NothingToRetry':
      return invalidInput('caseId', 'No refund of this case can be tried again.')
  }
}

// Answers registered operations without Apollo's pipeline: from the response cache when everybody may have the answer,
// else from the compiled executor.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { KeptAnswers } from '../cache/open-kept-answers.ts'
import type { Filled } from '../cache/response-cache.ts'
import { canonicalUrl, canonicalVariables } from '../documents/canonical-variables.ts'
import type { ExecutedOperation } from '../execution/compile-operation.ts'
import { type Caller, header } from '../http/caller.ts'
import { Refusal } from '../http/refusal.ts'
import { assertAffordable } from '../limits/operation-cost.ts'
import { type CostExtension, type RateLimit, rateLimited } from '../limits/rate-limit.ts'
import type { Cell } from '../metrics.ts'
import { UnderWay } from '../under-way.ts'
import { type CachePolicy, tagsOf } from './cache-policy.ts'
import { openScope } from './operation-scope.ts'
import type { AskedOperation } from './read-request.ts'
import type { RegisteredOperation } from './registered-operations.ts'
import type { GraphQLSender, Sendable } from './send-graphql.ts'

/** What was executed for the cache. */
export type FilledAnswer = Filled & ExecutedOperation

interface Flight {
  isShared: boolean
  answer: Promise<Sendable>
}

interface Question {
  operation: RegisteredOperation
  hash: string
  asked: AskedOperation
  caller: Caller
  userId: string | null
}

export type RegisteredAnswers = ReturnType<typeof createRegisteredAnswers>

export function createRegisteredAnswers(options: {
  /** Null when nothing is kept. */
  kept: KeptAnswers<FilledAnswer> | null
  rateLimit: RateLimit
  maxCost: number
  timeoutMs: number
  executions: Cell
  send: GraphQLSender
}) {
  const { kept, rateLimit, maxCost, timeoutMs, executions, send } = options
  /** Equal questions of nobody in particular, under way: what one is answered, all are. */
  const flights = new UnderWay<Flight>()

  return {
    answer,
    /** To be called when a mutation has run: who asks from now on must see what it did. */
    forgetFlights: () => {
      flights.clear()
    },
  }

  /** Answers, or throws a Refusal. */
  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    question: Question,
  ): Promise<void> {
    const { operation, hash, asked, caller } = question
    assertFits(request, response, operation, asked)
    const cost = operation.cost(asked.variables)
    assertAffordable(cost, maxCost)
    if (kept && operation.policy) {
      const key = canonicalUrl(hash, asked.variables, operation.variables)
      if (kept.memory.findFresh(key) === undefined) await admit(question, cost)
      await answerKept(kept, operation.policy, key, { request, response, question })
      return
    }
    const charged = await admit(question, cost)
    const isShared = caller.accessToken === null && !operation.isMutation
    const executed = await (isShared ? executeOnce(question) : execute(question, request, response))
    if (operation.isMutation) flights.clear()
    send(request, response, executed, { requestId: caller.requestId, cost: charged })
  }

  async function admit({ caller, userId }: Question, cost: number): Promise<CostExtension> {
    const admitted = rateLimit.admit({ userId, ip: caller.clientIp, cost })
    const admission = admitted instanceof Promise ? await admitted : admitted
    if (!admission.isAdmitted) throw rateLimited(admission)
    return admission.cost
  }

  async function answerKept(
    { cache, raw }: KeptAnswers<FilledAnswer>,
    policy: CachePolicy,
    key: string,
    {
      request,
      response,
      question,
    }: { request: IncomingMessage; response: ServerResponse; question: Question },
  ): Promise<void> {
    const read = await cache.read({
      key,
      maxAgeMs: policy.maxAgeMs,
      types: policy.types,
      fill: async () => {
        // Within the fill: what was under way when an entry was purged may be from before the change.
        const executed = await executeForAnybody(question, performance.now())
        return {
          ...executed,
          tags: new Set(tagsOf(policy, executed.tags ?? [])),
          isCacheable: executed.status === 200 && !executed.hasErrors,
        }
      },
    })
    if (read.kind === 'entry') raw.send(request, response, read.entry)
    else send(request, response, read.filled, { requestId: question.caller.requestId, cost: null })
  }

  function executeOnce(question: Question): Promise<Sendable> {
    const { hash, asked, operation } = question
    const key = hash + canonicalVariables(asked.variables, operation.variables)
    const underWay = flights.get(key)
    if (underWay) {
      underWay.isShared = true
      return underWay.answer
    }
    const flight: Flight = {
      isShared: false,
      // Who waits with others gets bytes: a long text would be encoded again for each.
      answer: executeForAnybody(question).then((executed) =>
        flight.isShared ? { ...executed, body: Buffer.from(executed.body) } : executed,
      ),
    }
    flights.set(key, flight)
    const land = () => {
      flights.delete(key, flight)
    }
    flight.answer.then(land, land)
    return flight.answer
  }

  /** Without any identity: what is not known here no answer can depend on. Goes on when its first client has gone. */
  async function executeForAnybody(
    { operation, asked, caller }: Question,
    askedSince?: number,
  ): Promise<ExecutedOperation> {
    const { requestId, traceparent } = caller
    const scope = openScope({ requestId, traceparent, clientIp: null, accessToken: null }, timeoutMs)
    executions.value += 1
    try {
      return await operation.compiled.execute(
        asked.variables,
        askedSince === undefined ? scope : { ...scope, askedSince },
      )
    } finally {
      scope.end()
    }
  }

  async function execute(
    { operation, asked, caller }: Question,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<ExecutedOperation> {
    const scope = openScope(caller, timeoutMs)
    // A mutation runs to its end whether or not anybody still waits for the answer.
    if (!operation.isMutation) {
      response.once('close', () => {
        if (!response.writableFinished) scope.abort()
      })
    }
    executions.value += 1
    try {
      return await operation.compiled.execute(asked.variables, scope)
    } finally {
      scope.end()
    }
  }
}

function assertFits(
  request: IncomingMessage,
  response: ServerResponse,
  { name, isMutation }: RegisteredOperation,
  { operationName, isAddressed }: AskedOperation,
): void {
  if (operationName != null && operationName !== '' && operationName !== name) {
    throw new Refusal(400, 'OPERATION_RESOLUTION_FAILURE', 'The document has no operation of this name.')
  }
  if (request.method === 'POST') return
  if (isMutation) {
    response.setHeader('allow', 'POST')
    throw new Refusal(405, 'METHOD_NOT_ALLOWED', 'Send a mutation by POST.')
  }
  // An address only names a registered query: nothing is lost when another site makes a browser ask for it.
  if (!isAddressed && !isPreflighted(request)) {
    throw new Refusal(400, 'BAD_REQUEST', 'Send the header apollo-require-preflight, which no form can send.')
  }
}

/** As Apollo Server's own protection has it: a header that makes a browser ask first. */
function isPreflighted(request: IncomingMessage): boolean {
  return (
    header(request, 'apollo-require-preflight') !== null ||
    header(request, 'x-apollo-operation-name') !== null
  )
}

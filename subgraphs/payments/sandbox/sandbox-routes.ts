import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import { badInput, notFound } from '#platform/errors/errors.ts'
import { sendJson } from '#platform/server/http-server.ts'
import type { Route, RouteRequest } from '#platform/server/subgraph.ts'
import { answerChallenge, findChallenge } from './answer-challenge.ts'
import { challengePage, challengePolicy } from './challenge-page.ts'
import { confirmIntent } from './confirm-intent.ts'
import type { SandboxWorld } from './sandbox-world.ts'

const confirmation = z.object({
  clientSecret: z.string().max(200),
  cardNumber: z.string().max(60),
  expiry: z.string().max(20),
  cvc: z.string().max(20),
})

const prefix = '/sandbox/intents/'
const maxBytes = 10_000

/** What a provider serves to the shopper's browser: taking the card, and the bank's page. */
export function createSandboxRoutes(world: SandboxWorld): Route[] {
  return [
    {
      method: 'POST',
      path: prefix,
      signed: true,
      maxBytes,
      handle: async (request, response) => {
        const { reference, action } = target(request)
        if (action === 'confirm') await confirm(world, reference, request, response)
        else if (action === 'challenge') await answer(world, reference, request, response)
        else throw notFound()
      },
    },
    {
      method: 'GET',
      path: prefix,
      signed: true,
      handle: async (request, response) => {
        const { reference, action } = target(request)
        if (action !== 'challenge') throw notFound()
        await show(world, reference, request, response)
      },
    },
  ]
}

function target({ path }: RouteRequest): { reference: string; action: string } {
  const match = /^(sbx_pi_[0-9a-f]{24})\/(confirm|challenge)$/.exec(path.slice(prefix.length))
  if (!match?.[1] || !match[2]) throw notFound()
  return { reference: match[1], action: match[2] }
}

async function confirm(
  world: SandboxWorld,
  reference: string,
  { body }: RouteRequest,
  response: ServerResponse,
): Promise<void> {
  const read = confirmation.safeParse(parseJson(body))
  if (!read.success) throw badInput('Give clientSecret, cardNumber, expiry and cvc.')
  const confirmed = await confirmIntent(world, reference, read.data)
  if (!confirmed) throw notFound()
  sendJson(response, 200, confirmed)
}

async function show(
  world: SandboxWorld,
  reference: string,
  { query }: RouteRequest,
  response: ServerResponse,
): Promise<void> {
  const key = query.get('key') ?? ''
  const challenge = await findChallenge(world, reference, key)
  if (!challenge) throw notFound()
  if (!challenge.isOpen) {
    sendBack(response, challenge.intent.returnPath)
    return
  }
  const page = Buffer.from(challengePage(challenge.intent, key))
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': page.length,
    'content-security-policy': challengePolicy,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  })
  response.end(page)
}

async function answer(
  world: SandboxWorld,
  reference: string,
  { body }: RouteRequest,
  response: ServerResponse,
): Promise<void> {
  const form = new URLSearchParams(body.toString('utf8'))
  const decision = form.get('decision')
  if (decision !== 'approve' && decision !== 'refuse') throw badInput('Approve or refuse.')
  const isApproved = decision === 'approve'
  const returnPath = await answerChallenge(world, reference, { key: form.get('key') ?? '', isApproved })
  if (returnPath === null) throw notFound()
  sendBack(response, returnPath)
}

/** `303`: the browser asks for the page anew, whatever it posted. The path was checked when the intent was made. */
function sendBack(response: ServerResponse, returnPath: string): void {
  response.writeHead(303, { location: returnPath, 'cache-control': 'no-store' })
  response.end()
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return null
  }
}

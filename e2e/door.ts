import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { demoPassword } from '#embedded/demo/sign-ins.ts'

export interface Answer<T> {
  data: T | null
  errors?: {
    message: string
    path?: (string | number)[]
    extensions: { code: string } & Record<string, unknown>
  }[]
}

export type Ask = <T = Record<string, never>>(
  document: string,
  variables?: Record<string, unknown>,
) => Promise<T>

/** Sends one operation to the gateway and gives the whole answer, errors included. */
export async function send<T>(
  url: string,
  document: string,
  variables: Record<string, unknown> = {},
  token?: string,
): Promise<Answer<T> & { status: number }> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'apollographql-client-name': 'e2e',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query: document, variables }),
  })
  return { ...((await response.json()) as Answer<T>), status: response.status }
}

/** Asks as one caller; an error in the answer is an error here. */
export function asker(url: string, token?: string): Ask {
  return async <T>(document: string, variables: Record<string, unknown> = {}) => {
    const answer = await send<T>(url, document, variables, token)
    if (answer.errors || answer.data === null) throw new Error(JSON.stringify(answer.errors))
    return answer.data
  }
}

const sessionFields = '... on SignInSuccess { session { accessToken refreshToken user { id } } }'

interface SignedIn {
  session: { accessToken: string; refreshToken: string; user: { id: string } }
}

/** Signs one of the demo people in. */
export async function signIn(
  url: string,
  email: string,
): Promise<{ token: string; userId: string; ask: Ask }> {
  const { signIn } = await asker(url)<{ signIn: SignedIn }>(
    `mutation SignIn($input: SignInInput!) { signIn(input: $input) { __typename ${sessionFields} } }`,
    { input: { email, password: demoPassword } },
  )
  return person(url, signIn)
}

/** A shopper without an account. */
export async function enterAsGuest(url: string): Promise<{ token: string; userId: string; ask: Ask }> {
  const { continueAsGuest } = await asker(url)<{ continueAsGuest: SignedIn }>(
    `mutation Guest($input: ContinueAsGuestInput!) { continueAsGuest(input: $input) { __typename ${sessionFields} } }`,
    { input: { email: `guest-${randomUUID()}@shopper.example`, locale: 'en' } },
  )
  return person(url, continueAsGuest)
}

function person(url: string, { session }: SignedIn): { token: string; userId: string; ask: Ask } {
  const { accessToken: token, user } = session
  return { token, userId: user.id, ask: asker(url, token) }
}

/** Tries until it passes, for what the house does by itself after it has answered; fails with the last reason after 20 s. */
export async function eventually<T>(attempt: () => Promise<T>, withinMs = 20_000): Promise<T> {
  const deadline = Date.now() + withinMs
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await wait(100)
    }
  }
}

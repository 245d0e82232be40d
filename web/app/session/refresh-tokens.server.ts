import { graphql } from '#generated/gql.ts'
import { postDocument } from '#app/graphql/post-document.server.ts'
import type { House } from './house.ts'

export interface Tokens {
  accessToken: string
  accessTokenExpiresAt: string
  refreshToken: string
  refreshTokenExpiresAt: string
}

// What `Session.signIn` keeps.
graphql(`
  fragment SessionFields on Session {
    accessToken
    accessTokenExpiresAt
    refreshToken
    refreshTokenExpiresAt
    user {
      id
      roles
    }
  }
`)

const RefreshSession = graphql(`
  mutation RefreshSession($refreshToken: String!) {
    refreshSession(refreshToken: $refreshToken) {
      __typename
      ... on SignInSuccess {
        session {
          ...SessionFields
        }
      }
    }
  }
`)

// Two requests of one browser that arrive together exchange the token once; between processes the 10 s grace of the API
// covers the same case. Entries leave with their answer, so the map holds only what is under way.
const underWay = new Map<string, Promise<Tokens | null>>()

/** A new pair for a refresh token, or null when the session has ended. Throws when the API does not answer. */
export function refreshTokens(house: House, refreshToken: string): Promise<Tokens | null> {
  const running = underWay.get(refreshToken)
  if (running !== undefined) return running
  const exchange = exchangeToken(house, refreshToken).finally(() => underWay.delete(refreshToken))
  underWay.set(refreshToken, exchange)
  return exchange
}

async function exchangeToken(house: House, refreshToken: string): Promise<Tokens | null> {
  const { data } = await postDocument(
    house,
    RefreshSession,
    { refreshToken },
    { accessToken: null, signal: null },
  )
  const result = data?.refreshSession
  if (result === undefined) throw new Error('The API did not answer refreshSession')
  return result.__typename === 'SignInSuccess' ? result.session : null
}

// A small shop of four subgraphs, asked in process: every step of a plan occurs in it.
import { composeServices } from '@apollo/composition'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { graphql, GraphQLError, type GraphQLFormattedError, parse } from 'graphql'
import { expect } from 'vitest'
import type { OperationScope } from '../../graphql/operation-scope.ts'
import type { SubgraphAnswer, SubgraphClient } from '../../subgraphs/subgraph-client.ts'
import { createOperationCompiler } from '../compile-operation.ts'

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external", "@shareable", "@provides", "@interfaceObject", "@inaccessible"])\n'

const people = ['Ada', 'Bo', 'Cy']

const subgraphs: Record<string, { sdl: string; resolvers: Record<string, unknown> }> = {
  catalog: {
    sdl: `
      type Query { products: [Product!]! product(id: ID!): Product media: [Media] }
      type Mutation { rename(id: ID!, name: String!): Product restock(id: ID!): Product }
      type Product @key(fields: "id") { id: ID! name: String size: Size @shareable weight: Int maker: Maker brokenName: String }
      type Size @shareable { width: Int }
      type Maker @key(fields: "country { code } number") { country: Country! number: Int! name: String }
      type Country @shareable { code: String! }
      interface Media @key(fields: "id") { id: ID! title: String }
      interface Paper { pages: Int }
      type Book implements Media & Paper @key(fields: "id") { id: ID! title: String pages: Int mark: String! @shareable }
      type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int mark: String }
    `,
    resolvers: {
      Query: {
        products: () => ['1', '2', '3'].map(product),
        product: (_: unknown, { id }: { id: string }) => product(id),
        media: () => [
          { __typename: 'Book', id: 'b', title: 'Emma', pages: 474, mark: 'B' },
          null,
          { __typename: 'Film', id: 'f', title: 'Alien', minutes: 117, mark: 'F' },
        ],
      },
      Mutation: {
        rename: (_: unknown, { id, name }: { id: string; name: string }) => ({ ...product(id), name }),
        restock: (_: unknown, { id }: { id: string }) => product(id),
      },
      Product: {
        __resolveReference: ({ id }: { id: string }) => product(id),
        brokenName: () => {
          throw new GraphQLError('No name today.', { extensions: { code: 'NAMELESS' } })
        },
      },
    },
  },
  reviews: {
    sdl: `
      type Query { latest: [Review!]! }
      type Mutation { review(product: ID!): Review }
      type Product @key(fields: "id") { id: ID! reviews: [Review!]! }
      type Review { id: ID! text(short: Boolean): String author: User product: Product }
      type User @key(fields: "id") { id: ID! reviewed: [Product!]! }
      type Media @interfaceObject @key(fields: "id") {
        id: ID! stars: Int title: String @external blurb: String @requires(fields: "title")
      }
    `,
    resolvers: {
      Query: { latest: () => ['1', '2', '3', '4'].map(review) },
      Mutation: { review: () => review('9') },
      Product: {
        reviews: ({ id }: { id: string }) => (id === '3' ? [] : ['1', '2', '3'].map(review)),
      },
      Review: {
        text: (_: unknown, { short }: { short?: boolean }) => (short ? 'Good' : 'Good "indeed"'),
        author: ({ id }: { id: string }) => ({ id: String(Number(id) % 2) }),
        product: ({ id }: { id: string }) => ({ id: String((Number(id) % 3) + 1) }),
      },
      User: { reviewed: () => [{ id: '1' }, { id: '2' }] },
      Media: {
        blurb: ({ title }: { title: string }) => `${title}!`,
        stars: ({ id }: { id: string }) => id.charCodeAt(0) - 95,
      },
    },
  },
  users: {
    sdl: 'type User @key(fields: "id") { id: ID! name: String moody: String nick: String! }',
    resolvers: {
      User: {
        __resolveReference: ({ id }: { id: string }) => ({ id, name: people[Number(id)] }),
        moody: ({ id }: { id: string }) => {
          if (id === '1')
            throw new GraphQLError('Not today.', { extensions: { code: 'MOODY', reason: 'RAIN' } })
          return 'fine'
        },
        nick: ({ id }: { id: string }) => (id === '1' ? null : 'nick'),
      },
    },
  },
  freight: {
    sdl: `
      type Product @key(fields: "id") { id: ID! weight: Int @external size: Size @shareable postage: Int @requires(fields: "weight") label: String }
      type Size @shareable { width: Int height: Int }
      type Maker @key(fields: "country { code } number") { country: Country! number: Int! distance: Int }
      type Country @shareable { code: String! }
      type Book @key(fields: "id") { id: ID! mark: String @shareable }
    `,
    resolvers: {
      Product: {
        size: ({ id }: { id: string }) => ({ width: Number(id), height: Number(id) * 10 }),
        label: ({ id }: { id: string }) => `Parcel ${id}`,
        postage: ({ weight }: { weight: number }) => weight * 2,
      },
      Maker: {
        distance: ({ country, number }: { country: { code: string }; number: number }) =>
          country.code.length * 100 + number,
      },
    },
  },
}

function product(id: string) {
  return {
    id,
    name: `Product "${id}"`,
    size: { width: Number(id) },
    weight: id === '2' ? null : Number(id),
    maker: { country: { code: 'FR' }, number: Number(id) % 2, name: `Maker ${Number(id) % 2}` },
  }
}

function review(id: string) {
  return { id }
}

interface Asked {
  subgraph: string
  query: string
  variables: Record<string, unknown> & { representations?: unknown[] }
  operationName?: string
  isMutation: boolean
}

export const asked: Asked[] = []
/** Answers instead of the subgraph. */
export const instead = new Map<string, (asked: Asked) => Promise<SubgraphAnswer>>()

export function forget(): void {
  asked.length = 0
  instead.clear()
}

const clients = Object.entries(subgraphs).map(([name, { sdl, resolvers }]): SubgraphClient => {
  const modules = { typeDefs: parse(link + sdl), resolvers }
  const schema = buildSubgraphSchema(modules as Parameters<typeof buildSubgraphSchema>[0])
  return {
    name,
    isReady: () => Promise.resolve(true),
    ask: async ({ body, isMutation }) => {
      const request = { subgraph: name, isMutation, ...(JSON.parse(body) as object) } as Asked
      asked.push(request)
      const answer =
        (await instead.get(name)?.(request)) ??
        (await graphql({
          schema,
          source: request.query,
          variableValues: request.variables,
          operationName: request.operationName ?? null,
        }))
      return JSON.parse(JSON.stringify(answer)) as SubgraphAnswer
    },
  }
})

const composed = composeServices(
  Object.entries(subgraphs).map(([name, { sdl }]) => ({
    name,
    url: 'http://127.0.0.1:1',
    typeDefs: parse(link + sdl),
  })),
)
export const supergraph = composed.supergraphSdl ?? composed.errors.join('\n')
export const compiler = createOperationCompiler({ supergraph, clients, formatError: (error) => error })

const scope: OperationScope = {
  requestId: 'r',
  accessToken: null,
  clientIp: null,
  traceparent: null,
  deadlineMs: 0,
  signal: new AbortController().signal,
}

interface Response {
  data?: Record<string, unknown> | null
  errors?: GraphQLFormattedError[]
  extensions?: Record<string, unknown>
}

export async function run(document: string, variables?: unknown, hasTags = false) {
  const compiled = compiler.compile(parse(document), { hasTags })
  const { status, body, hasErrors, tags } = await compiled.execute(variables, scope)
  const response = JSON.parse(body) as Response
  expect(hasErrors).toBe(response.errors !== undefined)
  return { ...response, status, tags }
}

export const down = () =>
  Promise.reject(
    new GraphQLError('Away.', { extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'users' } }),
  )

import type { SmallSubgraph } from './test-gateway.ts'

const bags = [
  { id: '1', name: 'Tote', weight: 900 },
  { id: '2', name: 'Clutch', weight: 200 },
]

/** Owns bags. */
export const goods: SmallSubgraph = {
  name: 'goods',
  sdl: `
    type Bag @key(fields: "id") { id: ID!  name: String!  weight: Int! }
    type Query { bags(first: Int): [Bag!]!  bag(id: ID!): Bag  search(q: String!): String!  slow: String  broken: String  me: Bag }
    type Mutation { rename(id: ID!, name: String!): Bag  login(input: LoginInput!): Boolean }
    input LoginInput { email: String!  password: String! }
  `,
  resolvers: {
    Query: {
      bags: () => bags,
      bag: (_: unknown, { id }: { id: string }) => bags.find((bag) => bag.id === id) ?? null,
      search: (_: unknown, { q }: { q: string }) => q,
      // Never settles by itself: only the gateway's deadline ends it.
      slow: () => new Promise(() => undefined),
      broken: () => {
        throw new Error('SELECT password FROM users at /app/node_modules/pg')
      },
    },
    Mutation: {
      rename: (_: unknown, { id, name }: { id: string; name: string }) => ({ id, name, weight: 1 }),
      login: () => false,
    },
    Bag: { __resolveReference: ({ id }: { id: string }) => bags.find((bag) => bag.id === id) },
  },
}

/** Knows what it costs to send a bag, by its weight. */
export const freight: SmallSubgraph = {
  name: 'freight',
  sdl: `
    type Bag @key(fields: "id") { id: ID!  weight: Int! @external  postage: Int @requires(fields: "weight")  stock: Int }
    type Query { rates: [Int!]! }
  `,
  resolvers: {
    Query: { rates: () => [5, 9] },
    Bag: {
      __resolveReference: (bag: { id: string; weight?: number }) => bag,
      postage: ({ weight }: { weight: number }) => (weight > 500 ? 9 : 5),
      stock: ({ id }: { id: string }) => (id === '1' ? 3 : 0),
    },
  },
}

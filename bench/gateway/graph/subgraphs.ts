// Products, reviews, users and inventory: the four subgraphs that federation gateways are commonly measured on. Written
// in the first federation's language, which every contender reads. `seed` changes nothing in an answer: it makes each
// request's text to each subgraph its own, so that no gateway can serve two of them with one fetch.
import {
  type Item,
  itemByUpc,
  items,
  type Opinion,
  opinionById,
  opinionsByAuthor,
  opinionsByUpc,
  people,
  type Person,
  personById,
} from './catalogue.ts'

export type SubgraphName = 'users' | 'products' | 'inventory' | 'reviews'
export const subgraphNames: readonly SubgraphName[] = ['users', 'products', 'inventory', 'reviews']

interface SubgraphDefinition {
  sdl: string
  resolvers: Record<string, Record<string, unknown>>
}

const person = ({ id }: { id: string }) => personById.get(id) ?? null
const item = ({ upc }: { upc: string }) => itemByUpc.get(upc) ?? null

export const subgraphs: Readonly<Record<SubgraphName, SubgraphDefinition>> = {
  users: {
    sdl: `
      extend type Query { me: User users: [User] }
      type User @key(fields: "id") { id: ID! name(seed: Int): String username: String }
    `,
    resolvers: {
      Query: { me: () => people[0], users: () => people.slice(0, 6) },
      User: { __resolveReference: person },
    },
  },
  products: {
    sdl: `
      extend type Query {
        topProducts(first: Int = 5): [Product]
        product(upc: String!): Product
        shelf(length: Int!): [Product]
      }
      type Product @key(fields: "upc") { upc: String! name(seed: Int): String price: Int weight: Int }
    `,
    resolvers: {
      Query: {
        topProducts: (_: unknown, { first }: { first: number }) => items.slice(0, first),
        product: (_: unknown, reference: { upc: string }) => item(reference),
        shelf: (_: unknown, { length }: { length: number }) => items.slice(0, length),
      },
      Product: { __resolveReference: item },
    },
  },
  inventory: {
    sdl: `
      extend type Product @key(fields: "upc") {
        upc: String! @external
        weight: Int @external
        price: Int @external
        inStock(seed: Int): Boolean
        shippingEstimate: Int @requires(fields: "price weight")
      }
    `,
    resolvers: {
      Product: {
        __resolveReference: (given: { upc: string }) => ({ ...item(given), ...given }),
        // Free for expensive things; what the gateway hands over is what is counted with.
        shippingEstimate: ({ price, weight }: Item) => (price > 1_000 ? 0 : Math.round(weight * 0.5)),
      },
    },
  },
  reviews: {
    sdl: `
      type Review @key(fields: "id") {
        id: ID!
        body(seed: Int): String
        author: User @provides(fields: "username")
        product: Product
      }
      extend type User @key(fields: "id") { id: ID! @external username: String @external reviews: [Review] }
      extend type Product @key(fields: "upc") { upc: String! @external reviews: [Review] }
    `,
    resolvers: {
      Review: {
        __resolveReference: ({ id }: { id: string }) => opinionById.get(id),
        author: ({ authorId }: Opinion) => personById.get(authorId),
        product: ({ upc }: Opinion) => ({ upc }),
      },
      User: { reviews: ({ id }: Person) => opinionsByAuthor.get(id) ?? [] },
      Product: { reviews: ({ upc }: Item) => opinionsByUpc.get(upc) ?? [] },
    },
  },
}

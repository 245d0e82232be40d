// A shop with public shelves and private baskets, for tests of what is kept and what is not.
import { createHash } from 'node:crypto'
import type { SmallSubgraph } from './test-gateway.ts'

/** What stands on the shelves; tests change it as a commit would. */
export interface Shelves {
  names: Map<string, string>
  stock: Map<string, number>
}

export const tote = '0199a000-0000-7000-8000-000000000001'
export const clutch = '0199a000-0000-7000-8000-000000000002'

export function stockedShelves(): Shelves {
  return {
    names: new Map([
      [tote, 'Tote'],
      [clutch, 'Clutch'],
    ]),
    stock: new Map([[tote, 3]]),
  }
}

interface Asker {
  authorization: string | null
}

/** Owns products and baskets. A basket is named after who asks. */
export function shop(shelves: Shelves): SmallSubgraph {
  const find = (id: string) => {
    const name = shelves.names.get(id)
    return name === undefined ? null : { id, name }
  }
  return {
    name: 'shop',
    sdl: `
      type Product @key(fields: "id") @cacheControl(maxAge: 60) { id: ID!  name: String!  story: String! }
      type Basket { owner: String! product: Product }
      type Query {
        product(id: ID!): Product @cacheControl(maxAge: 60)
        products(first: Int = 10): [Product!]! @cacheControl(maxAge: 60)
        broken: Product @cacheControl(maxAge: 60)
        basket: Basket
      }
      type Mutation { rename(id: ID!, name: String!): Product }`,
    resolvers: {
      Query: {
        product: (_: unknown, { id }: { id: string }) => find(id),
        products: () => [...shelves.names.keys()].map(find),
        broken: () => {
          throw new Error('no')
        },
        basket: (_: unknown, __: unknown, { authorization }: Asker) => ({ owner: authorization ?? 'nobody' }),
      },
      Mutation: {
        rename: (_: unknown, { id, name }: { id: string; name: string }) => {
          shelves.names.set(id, name)
          return find(id)
        },
      },
      Product: {
        __resolveReference: ({ id }: { id: string }) => find(id),
        story: ({ name }: { name: string }) => `${name} has been made by hand since 1921. `.repeat(100),
      },
    },
  }
}

/** Knows how many there are, for a few seconds. */
export function stockroom(shelves: Shelves): SmallSubgraph {
  return {
    name: 'stockroom',
    sdl: `
      type Product @key(fields: "id") @cacheControl(maxAge: 60) { id: ID!  left: Left! }
      type Left @cacheControl(maxAge: 5) { count: Int! }
      type Query { open: Boolean }`,
    resolvers: {
      Product: {
        __resolveReference: (product: { id: string }) => product,
        left: ({ id }: { id: string }) => ({ count: shelves.stock.get(id) ?? 0 }),
      },
    },
  }
}

export const documents = {
  product: 'query ProductPage($id: ID!) { product(id: $id) { name left { count } } }',
  name: 'query Name($id: ID!) { product(id: $id) { name } }',
  products: 'query List { products { name } }',
  story: 'query Story($id: ID!) { product(id: $id) { story } }',
  broken: 'query Broken { broken { name } products { name } }',
  basket: 'query Basket { basket { owner } products { name } }',
  rename: 'mutation Rename($id: ID!, $name: String!) { rename(id: $id, name: $name) { name } }',
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

export const registeredDocuments = new Map(Object.values(documents).map((text) => [sha256(text), text]))

/** The canonical address of a registered query. */
export function addressOf(name: keyof typeof documents, variables?: Record<string, unknown>): string {
  const search = variables === undefined ? '' : `?variables=${encodeURIComponent(JSON.stringify(variables))}`
  return `/graphql/${sha256(documents[name])}${search}`
}

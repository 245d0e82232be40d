// What the right answer is: the operation executed on one schema without any federation.
import {
  buildSchema,
  type ExecutionResult,
  execute,
  type GraphQLFieldResolver,
  isObjectType,
  parse,
} from 'graphql'
import { itemByUpc, type Opinion } from './catalogue.ts'
import { subgraphNames, subgraphs } from './subgraphs.ts'

const schema = buildSchema(`
  type Query {
    me: User users: [User] topProducts(first: Int = 5): [Product] product(upc: String!): Product
    shelf(length: Int!): [Product]
  }
  type User { id: ID! name(seed: Int): String username: String reviews: [Review] }
  type Review { id: ID! body(seed: Int): String author: User product: Product }
  type Product {
    upc: String! name(seed: Int): String price: Int weight: Int
    inStock(seed: Int): Boolean shippingEstimate: Int reviews: [Review]
  }
`)
for (const name of subgraphNames) {
  for (const [typeName, fields] of Object.entries(subgraphs[name].resolvers)) {
    const type = schema.getType(typeName)
    if (!isObjectType(type)) continue
    for (const [fieldName, resolve] of Object.entries(fields)) {
      const field = type.getFields()[fieldName]
      if (field && fieldName !== '__resolveReference') {
        field.resolve = resolve as GraphQLFieldResolver<unknown, unknown>
      }
    }
  }
}
// Between subgraphs a product is only its key; here the whole thing is at hand.
const review = schema.getType('Review')
const product = isObjectType(review) ? review.getFields().product : undefined
if (product) product.resolve = ({ upc }: Opinion) => itemByUpc.get(upc)

/** The data of the answer, plain objects only. */
export function expectedAnswer(query: string, variables: Record<string, unknown>): unknown {
  const result = execute({ schema, document: parse(query), variableValues: variables }) as ExecutionResult
  if (result.errors) throw new AggregateError(result.errors, 'the expected answer has errors')
  return JSON.parse(JSON.stringify(result.data))
}

// A graph that has in few types what makes federation hard; nobody should build such a thing.
import { composeServices } from '@apollo/composition'
import { parse } from 'graphql'
import type { TestGraph } from './graph-facts.ts'

const link = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.9"
  import: [
    "@key" "@requires" "@external" "@provides" "@shareable" "@inaccessible" "@override" "@interfaceObject"
  ]
)
`

/** Interfaces, entities with several and with composite keys, unions, inputs, nested lists. */
const library = `
type Query {
  product(id: ID!): Product
  products(first: Int = 3, filter: Filter): [Product!]!
  media(kinds: [Kind!] = [BIG]): [Media!]!
  someMedia: Media
  node(id: ID!): Node
  nodes(ids: [ID!]!): [Node]!
  search(term: String!, filter: Filter): [Found!]!
  matrix: [[Int!]]!
  cells: [[Cell]!]
  nothing: String
  now: Instant!
  shared(word: String): Shared @shareable
}
type Mutation {
  addProduct(input: NewProduct!): AddResult!
  touch(id: ID!, times: [Int!]): Int!
}
input Filter { kind: Kind, not: Filter, within: [[Float!]], text: String = "any", flag: Boolean! = true }
input NewProduct { name: String!, parts: [NewProduct!], kind: Kind = SMALL, extra: Json }
scalar Json
scalar Instant
enum Kind { BIG SMALL ODD }
enum Grade { A B }
interface Node { id: ID! }
interface Media @key(fields: "id") { id: ID! title: String! related(limit: Int): [Media!]! grade: Grade }
type Book implements Media & Node @key(fields: "id") {
  id: ID! title: String! related(limit: Int): [Media!]! grade: Grade
  pages: Int! author: Person same: String! size: Int code: Int! @shareable
}
type Film implements Media & Node @key(fields: "id") {
  id: ID! title: String! related(limit: Int): [Media!]! grade: Grade
  minutes: Float director: Person! same: Int! size: Float! code: Int
}
type Song implements Media @key(fields: "id") {
  id: ID! title: String! related(limit: Int): [Media!]! grade: Grade
  seconds: Int! same: [String!] size: Kind
}
union Found = Product | Book | Film | Cell
union AddResult = Product | Refused
interface Problem { message: String! }
type Refused implements Problem @shareable { message: String! }
type Cell { x: Int! y: Int! inside: [Cell!] kind: Kind! what: Json media: Media }
type Shared @shareable { word: String! size: Size! }
type Size @shareable { w: Int! h: Int! unit: String }
type Brand @shareable { code: ID! label: String }
type Product implements Node @key(fields: "id") @key(fields: "sku brand { code }") {
  id: ID! sku: String! brand: Brand! name(locale: String = "en"): String! weight: Float size: Size!
  tags: [String!] kind: Kind! parts(first: Int): [Product!]! variants: [Variant!]! cover: Media! trailer: Film
  oldName: String! twin: Product
}
type Variant { code: String! grams: Int size: Size! media: Media }
type Person @key(fields: "id", resolvable: false) { id: ID! }
`

/** Two keys for one type, a key that holds an entity, a key that clients do not see, keys that only some resolve. */
const people = `
type Query { me: Person! person(id: ID, email: String): Person actors: [Actor]! account(number: Int!): Account }
type Person @key(fields: "id") @key(fields: "email") {
  id: ID! email: String! name: String! @shareable nick: String age: Int manager: Person friends(first: Int = 2): [Person!]
  home: Place! @shareable accounts: [Account!]! oldest: Person! @inaccessible
}
type Place @shareable { street: String! city: City! }
type City @shareable { name: String! zip: String }
type Account @key(fields: "owner { id } number") @key(fields: "code") {
  owner: Person! number: Int! code: ID! balance: Float! kind: AccountKind!
}
enum AccountKind { OPEN CLOSED HIDDEN @inaccessible }
type Badge
  @key(fields: "id") @key(fields: "code { a b }", resolvable: false) @key(fields: "id code { b c }", resolvable: false) {
  id: ID! code: Code! holder: String! color: String
}
type Code @shareable { a: ID! b: ID! c: ID! }
type Robot @key(fields: "serial") { serial: ID! @inaccessible model: String! maker: Person }
type Ghost @inaccessible { id: ID! }
union Actor = Person | Robot | Ghost
`

/** An interface object, fields provided on a path, a union that knows other members. */
const reviews = `
type Query { review(id: ID!): Review latest(first: Int! = 3): [Review!]! bestMedia: Media shared(word: String): Shared @shareable }
type Mutation { addReview(of: ID!, stars: Int! = 5, text: String): Review removeReviews(ids: [ID!]!): [Review]! }
type Shared @shareable { word: String! size: Size! }
type Size @shareable { w: Int! h: Int! unit: String }
type Review @key(fields: "id") {
  id: ID! stars: Int! text: String author: Person @provides(fields: "name home { city { name } }")
  product: Product! subject: Subject! subjects: [Subject] answers: [Review!]! grade: Grade media: Media!
}
enum Grade { A B C @inaccessible }
union Subject = Product | Person | Account
type Person @key(fields: "id") {
  id: ID! name: String! @external home: Place! @external reviews(first: Int, after: ID): [Review!]!
}
type Place @shareable { street: String! city: City! }
type City @shareable { name: String! zip: String }
type Account @key(fields: "code", resolvable: false) { code: ID! }
type Product @key(fields: "id") { id: ID! reviews: [Review!]! stars: Float best: Review }
type Media @key(fields: "id") @interfaceObject { id: ID! reviews(first: Int): [Review!]! score: Float stars: Int! }
`

/** What must be sent along: nested, lists of objects, in a circle with prices. */
const stock = `
type Query { warehouses: [Warehouse!]! }
type Warehouse @key(fields: "place { street } floor") {
  place: Place! floor: Int! products: [Product!]! boss: Person neighbours: [[Warehouse!]!]
}
type Place @shareable { street: String! city: City! }
type City @shareable { name: String! zip: String }
type Brand @shareable { code: ID! label: String }
type Size @shareable { w: Int! h: Int! }
type Product @key(fields: "sku brand { code }") {
  sku: String! brand: Brand! weight: Float @external size: Size! @external
  variants: [Variant!]! @external
  discount: Float @external
  level: Int! inStock(at: ID): Boolean!
  shipping: Float! @requires(fields: "weight size { w h }")
  grams: Int @requires(fields: "variants { code grams size { w } }")
  delivery: String @requires(fields: "discount")
  urgency: Int! @requires(fields: "fullPrice { amount }")
  fullPrice: Price! @external
}
type Variant { code: String! @external grams: Int @external size: Size! @external }
type Price @shareable { amount: Float! }
type Person @key(fields: "email") { email: String! desk: Desk }
type Desk { floor: Int! lamp: String things: [Product]! badges: [Badge!]! }
type Badge
  @key(fields: "code { a b }", resolvable: false) @key(fields: "id code { b c }") @key(fields: "id", resolvable: false) {
  id: ID! code: Code! holder: String! @external label: String @requires(fields: "holder")
}
type Code @shareable { a: ID! b: ID! c: ID! }
type Media @key(fields: "id") @interfaceObject { id: ID! copies: Int! title: String! @external label: String! @requires(fields: "title") }
`

/** The other half of the circle, and fields taken over from others. */
const prices = `
type Query { cheapest(currency: Currency! = EUR): Product sale(input: SaleInput): [Product!] }
type Mutation { setPrice(product: ID!, amount: Float!, currency: Currency = EUR): Product! sell(items: [SaleInput!]!): [Sold!] }
input SaleInput { currencies: [Currency!], least: Float = 0.5, most: Float }
enum Currency { EUR JPY }
type Product @key(fields: "id") {
  id: ID! oldName: String! @override(from: "library") fullPrice: Price!
  level: Int! @external
  discount: Float @requires(fields: "level")
  prices(currencies: [Currency!] = [EUR, JPY], at: Instant): [Price!]!
  price(currency: Currency!): Price
}
scalar Instant
type Price @shareable { amount: Float! currency: Currency! per: Size }
type Size @shareable { w: Int! h: Int! unit: String }
union Sold = Product | Person
type Person @key(fields: "id") @key(fields: "email") { id: ID! email: String! spent: Price! nick: String @override(from: "people") }
type Book @key(fields: "id") { id: ID! listPrice: Price! code: Int @shareable }
`

/** Only points at others; tells of things nobody else knows; recursive. */
const archive = `
type Query { entries(depth: Int): [Entry!]! entry(id: ID!): Entry tree: Tree! }
type Entry @key(fields: "id") {
  id: ID! product: Product! person: Person media: Media any: Anything parent: Entry children: [Entry!]!
  at: Instant json: Json lists: [[[String]!]] problem: Problem
}
scalar Instant
scalar Json
type Tree { value: Int! left: Tree right: Tree leaves: [Tree!]! entry: Entry }
union Anything = Entry | Tree | Product | Refused
type Refused implements Problem @shareable { message: String! }
type Lost implements Problem { message: String! since: Instant }
interface Problem { message: String! }
type Product @key(fields: "id", resolvable: false) { id: ID! }
type Person @key(fields: "id") { id: ID! entries: [Entry!]! }
type Media @key(fields: "id", resolvable: false) @interfaceObject { id: ID! }
`

/** Composed anew; throws with all reasons when it does not compose. */
export function composeNastyGraph(): TestGraph {
  const services = Object.entries({ library, people, reviews, stock, prices, archive }).map(
    ([name, schema]) => ({ name, url: `http://127.0.0.1/${name}`, typeDefs: parse(link + schema) }),
  )
  const { errors, supergraphSdl } = composeServices(services)
  if (errors) throw new Error(errors.map(({ message }) => message).join('\n'))
  return { name: 'nasty', supergraph: supergraphSdl, services }
}

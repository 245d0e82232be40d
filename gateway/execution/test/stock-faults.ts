// Where stock @apollo/gateway 2.14 is wrong, each with the smallest operation that shows it. Ours uses the same planner:
// `right` means that it is worked around, `error` that ours says so or leaves it to stock which does.
import type { Weather } from './differ.ts'

export interface StockFault {
  reason: string
  graph: 'house' | 'nasty'
  operation: string
  variables?: Record<string, unknown>
  /** `sound` unless said. */
  weather?: Weather
  ours: 'right' | 'error'
}

export const stockFaults: StockFault[] = [
  {
    reason:
      'A fragment on a union around an object whose type is plain: without `__typename` in the data its type is taken to be the union, and no fragment inside matches. The fields are missing, without an error.',
    graph: 'nasty',
    operation: '{ product(id: "a") { ... on Anything { ... on Product { kind } } } }',
    ours: 'right',
  },
  {
    reason:
      'Conditions that leave an object without fields: the planner asks for nothing, and an object that exists is told as null.',
    graph: 'house',
    operation: 'query ($yes: Boolean!) { user(id: "a") @include(if: $yes) { email @skip(if: $yes) } }',
    variables: { yes: true },
    ours: 'right',
  },
  {
    reason:
      'A mutation whose result the conditions leave without fields is not run at all, and nobody is told.',
    graph: 'house',
    operation:
      'mutation ($yes: Boolean!) { cancelImport(id: "a") @include(if: $yes) { ... @skip(if: $yes) { __typename } } }',
    variables: { yes: true },
    ours: 'right',
  },
  {
    reason: 'A mutation that is there twice, once under a condition, is run twice.',
    graph: 'house',
    operation:
      'mutation ($no: Boolean!) { signOut(refreshToken: "a") checkOrders { __typename } signOut(refreshToken: "a") @skip(if: $no) }',
    variables: { no: false },
    ours: 'right',
  },
  {
    reason:
      'Mutations of one subgraph run in another order than they are written in when one is in a named fragment: the planner puts the fragment first.',
    graph: 'nasty',
    operation: `mutation { touch(id: "a") ...Added } fragment Added on Mutation { addProduct(input: { name: "a" }) { __typename } }`,
    ours: 'right',
  },
  {
    reason:
      'An interface object answers the interface for `__typename`; that replaces the type the object has, and no fragment on it matches any more.',
    graph: 'nasty',
    operation: `{ node(id: "a") { ... on Book { __typename reviews { stars } } } }`,
    ours: 'right',
  },
  {
    reason: 'A field that the planner renamed is lost where its value is 0, "" or false.',
    graph: 'nasty',
    operation: '{ media { ... on Book { code } ... on Film { code } } }',
    ours: 'right',
  },
  {
    reason:
      'The place of an error in a list that holds other types or nulls: only the objects that were asked for are counted.',
    graph: 'nasty',
    operation: '{ search(term: "a") { ... on Book { stars copies listPrice { amount } author { name } } } }',
    weather: 'failing',
    ours: 'right',
  },
  {
    reason: 'A subgraph that answers neither data nor an error: everything of it is null, without an error.',
    graph: 'nasty',
    operation: '{ media { score } }',
    weather: 'broken',
    ours: 'right',
  },
  {
    reason:
      'An alias that has the name of a key or of a required field is sent in its place. Refused by gateway/graphql/alias-rule.ts.',
    graph: 'nasty',
    operation: '{ product(id: "a") { id: name shipping stars } }',
    ours: 'error',
  },
  {
    reason:
      'A field whose requirements are asked for only under a condition, beside one of the same subgraph that needs none of them: the condition takes both.',
    graph: 'nasty',
    operation: 'query ($no: Boolean!) { product(id: "a") { shipping @skip(if: $no) delivery } }',
    variables: { no: true },
    ours: 'right',
  },
  {
    reason:
      'After a requirement the planner goes back to a subgraph by a key that this subgraph does not resolve, when the object came from there.',
    graph: 'nasty',
    operation: '{ me { desk { badges { label } } } }',
    ours: 'error',
  },
  {
    reason:
      'A field of an interface object that requires something, asked of one type, beside one that requires nothing, asked of all: what is required is fetched for that type alone, and the others are not asked about at all.',
    graph: 'nasty',
    operation: '{ media { copies ... on Film { label } } }',
    ours: 'error',
  },
  {
    reason: 'An interface object inside of what an interface object gave: the planner fails.',
    graph: 'nasty',
    operation: '{ someMedia { reviews { media { ... on Node { id } } } } }',
    ours: 'error',
  },
  {
    reason:
      'A fragment inside another that cannot match, on a type that several subgraphs share: the planner fails.',
    graph: 'house',
    operation: `mutation { closeCashSession(input: { id: "a", counted: "1" }) {
      ... on RecordSaleResult { ... on CloseCashSessionResult { ... on CashSessionSuccess { __typename } } }
    } }`,
    ours: 'right',
  },
]

// Documents that the planner would never come to an end with.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestGateway } from './test-gateway.ts'

const kinds = ['Book', 'Film', 'Song']
const library = {
  name: 'library',
  sdl: `
    type Query { media: Media }
    interface Media @key(fields: "id") { id: ID! title: String! }
    ${kinds.map((kind) => `type ${kind} implements Media @key(fields: "id") { id: ID! title: String! }`).join('\n')}
  `,
  resolvers: { Query: { media: () => ({ __typename: 'Book', id: '1', title: 'Emma' }) } },
}
const reviews = {
  name: 'reviews',
  sdl: `
    type Query { latest: Review }
    type Review @key(fields: "id") { id: ID! stars: Int! media: Media! }
    type Media @key(fields: "id") @interfaceObject { id: ID! score: Float review: Review }
  `,
  resolvers: { Query: { latest: () => null } },
}
const stock = {
  name: 'stock',
  sdl: `
    type Query { count: Int }
    type Media @key(fields: "id") @interfaceObject {
      id: ID! copies: Int title: String! @external label: String @requires(fields: "title")
    }
  `,
  resolvers: { Query: { count: () => 7 } },
}

let gateway: Awaited<ReturnType<typeof startTestGateway>>
beforeAll(async () => {
  gateway = await startTestGateway({ subgraphs: [library, reviews, stock] })
})
afterAll(() => gateway.close())

async function ask(query: string) {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  return { status: response.status, body: await response.json() }
}

// Without the planner's limits this takes all memory there is and ends the process.
test('an operation that the planner has too much to choose for is refused, and others are answered', async () => {
  let inner = '{ copies label score }'
  for (let level = 0; level < 5; level += 1)
    inner = `{ title score copies label review { stars media ${inner} } }`
  for (let time = 0; time < 2; time += 1) {
    expect(await ask(`{ media ${inner} }`)).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code: 'OPERATION_TOO_COMPLEX' } }] },
    })
  }
  expect(gateway.calls).toEqual([])
  expect(await ask('{ count }')).toMatchObject({ status: 200, body: { data: { count: 7 } } })
})

import type { Identity } from '#platform/auth/identity.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { type House, support } from './house.ts'

interface Outcome {
  kind: string
  code?: string
  field?: string
  status?: string
  return?: {
    id: string
    status: string
    refund: { minorUnits: string } | null
    lines: {
      quantity: number
      refund: { minorUnits: string } | null
      line: { id: string; returnable: number }
    }[]
    nextStatuses: string[]
    order: { status: string }
  }
}

const told = `kind: __typename
  ... on NotReturnableError { code } ... on InvalidInputError { field }
  ... on IllegalOrderStateError { orderStatus: status }`
const back = `return { id status refund { minorUnits } nextStatuses order { status }
  lines { quantity refund { minorUnits } line { id returnable } } }`

/** Asks for returns and decides about them, as customers and staff do. */
export function returnDesk(house: House) {
  async function ask(mutation: string, type: string, input: unknown, identity: Identity): Promise<Outcome> {
    const inputType = type === 'ApproveReturn' ? '$input: ID!' : `$input: ${type}Input!`
    const argument = type === 'ApproveReturn' ? 'id: $input' : 'input: $input'
    const errors =
      type === 'RequestReturn' ? told : 'kind: __typename ... on IllegalReturnStateError { status }'
    const { data, errors: failed } = await house.query<{ result: Outcome }>(
      `mutation (${inputType}) { result: ${mutation}(${argument}) { ${errors} ... on ${type}Success { ${back} } } }`,
      { input },
      identity,
    )
    if (failed) throw new Error(String(failed[0]?.extensions?.code))
    return data.result
  }

  const request = (input: Record<string, unknown>, identity: Identity = support) =>
    ask(
      'requestReturn',
      'RequestReturn',
      { reason: 'WRONG_SIZE', idempotencyKey: uuidv7(), ...input },
      identity,
    )
  const approve = (id: string, identity = support) => ask('approveReturn', 'ApproveReturn', id, identity)
  const reject = (id: string, reason = 'Worn.', identity = support) =>
    ask('rejectReturn', 'RejectReturn', { id, reason }, identity)
  const receive = (id: string, over: Record<string, unknown> = {}, identity = support) =>
    ask('receiveReturn', 'ReceiveReturn', { id, isRestocked: true, ...over }, identity)

  async function comesBack(order: { id: string; lineId: string }, quantity: number, isRestocked = true) {
    const { return: asked } = await request({
      orderId: order.id,
      lines: [{ lineId: order.lineId, quantity }],
    })
    const id = asked?.id ?? ''
    await approve(id)
    return (await receive(id, { isRestocked })).return
  }

  return { request, approve, reject, receive, comesBack }
}

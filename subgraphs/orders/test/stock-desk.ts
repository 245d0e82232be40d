import type { Identity } from '#platform/auth/identity.ts'
import { uuidv7 } from '#platform/ids/uuid.ts'
import { testIdentity } from '#platform/testing/test-identity.ts'
import type { House } from './house.ts'

export const merchandiser = testIdentity({ roles: ['MERCHANDISER'] })

export interface DeskAnswer {
  kind: string
  message?: string
  field?: string
  state?: string
  serials?: string[]
  lines?: { variant: { id: string }; available: number }[]
  level?: Level
  levels?: Level[]
  transfer?: {
    id: string
    state: string
    isShort: boolean
    lines: { variant: { id: string }; sent: number; received: number | null; serials: string[] }[]
  }
}

export interface Level {
  onHand: number
  reserved: number
  committed: number
  safety: number
  incoming: number
  lowAt: number
  available: number
  isLow: boolean
}

const level = 'onHand reserved committed safety incoming lowAt available isLow'
const transfer = 'id state isShort lines { variant { id } sent received serials }'
const asked: Record<string, string> = {
  adjustStock: `... on AdjustStockSuccess { level { ${level} } } ... on InsufficientStockError { lines { variant { id } available } }`,
  receiveStock: `... on ReceiveStockSuccess { levels { ${level} } }`,
  sendTransfer: `... on SendTransferSuccess { transfer { ${transfer} } } ... on InsufficientStockError { lines { variant { id } available } }`,
  receiveTransfer: `... on ReceiveTransferSuccess { transfer { ${transfer} } } ... on IllegalTransferStateError { state }`,
  cancelTransfer: `... on CancelTransferSuccess { transfer { ${transfer} } } ... on IllegalTransferStateError { state }`,
  setStockMarks: `... on SetStockMarksSuccess { level { ${level} } }`,
}
/** Which of the unions can name numbers or fields. */
const refusals = '... on UserError { message }'

type Verb =
  'adjustStock' | 'receiveStock' | 'sendTransfer' | 'receiveTransfer' | 'cancelTransfer' | 'setStockMarks'

/** Asks as staff do; keys are made where one is needed and not given. */
export function openDesk(house: House) {
  async function raw(verb: Verb, input: Record<string, unknown>, identity: Identity | null) {
    const type = `${verb.charAt(0).toUpperCase()}${verb.slice(1)}`
    const isById = verb === 'cancelTransfer'
    const hasSerials = !isById && verb !== 'setStockMarks'
    const document = `mutation ($input: ${isById ? 'ID!' : `${type}Input!`}) {
      ${verb}(${isById ? 'id' : 'input'}: $input) {
        kind: __typename ${refusals} ${asked[verb] ?? ''}
        ${hasSerials ? '... on SerialMismatchError { serials }' : ''} ${isById ? '' : '... on InvalidInputError { field }'}
      }
    }`
    const needsKey = verb === 'adjustStock' || verb === 'receiveStock' || verb === 'sendTransfer'
    const value = isById ? input.id : { ...(needsKey && { idempotencyKey: uuidv7() }), ...input }
    return house.query<Record<string, DeskAnswer>>(document, { input: value }, identity)
  }

  async function ask(
    verb: Verb,
    input: Record<string, unknown>,
    identity: Identity = merchandiser,
  ): Promise<DeskAnswer> {
    const response = await raw(verb, input, identity)
    const answer = response.data[verb]
    if (response.errors || !answer) throw new Error(JSON.stringify(response.errors))
    return answer
  }

  return {
    raw,
    ask,
    warehouse: async (code: string) => {
      const { id } = await house.prisma.warehouse.findUniqueOrThrow({ where: { code } })
      return id
    },
    movements: async (variantId: string) =>
      (await house.prisma.stockMovement.findMany({ where: { variantId }, orderBy: { id: 'asc' } })).map(
        ({ reason, quantity }) => `${reason} ${String(quantity)}`,
      ),
    units: async (variantId: string) =>
      (await house.prisma.stockUnit.findMany({ where: { variantId }, orderBy: { serial: 'asc' } })).map(
        ({ serial, state }) => `${serial} ${state}`,
      ),
  }
}

import { data, Form, useNavigation } from 'react-router'
import { Badge } from '#app/design/badge.tsx'
import { Button } from '#app/design/button.tsx'
import { Field } from '#app/design/field.tsx'
import { Notice } from '#app/design/notice.tsx'
import { readForm } from '#app/forms/read-form.server.ts'
import { readText } from '#app/forms/read-text.ts'
import { execute } from '#app/graphql/execute.server.ts'
import { requireRole } from '#app/session/require-role.server.ts'
import { Instant } from '#app/staff/instant.tsx'
import { PagesNav } from '#app/staff/pages-nav.tsx'
import { readPieces, readSerials } from '#app/stock/read-pieces.ts'
import { stockRoles } from '#app/stock/stock-roles.ts'
import { graphql } from '#generated/gql.ts'
import type { StockTransfersQuery, TransferState } from '#generated/graphql.ts'
import type { Route } from './+types/transfers'

const StockTransfers = graphql(`
  query StockTransfers($after: String) {
    stockTransfers(first: 20, after: $after) {
      nodes {
        id
        state
        isShort
        note
        sentAt
        closedAt
        from {
          id
          code
        }
        to {
          id
          code
        }
        lines {
          sku
          sent
          received
          serials
          variant {
            id
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

const ReceiveTransfer = graphql(`
  mutation ReceiveTransfer($input: ReceiveTransferInput!) {
    receiveTransfer(input: $input) {
      __typename
      ... on UserError {
        message
      }
    }
  }
`)

const CancelTransfer = graphql(`
  mutation CancelTransfer($id: ID!) {
    cancelTransfer(id: $id) {
      __typename
      ... on UserError {
        message
      }
    }
  }
`)

export async function loader({ context, request }: Route.LoaderArgs) {
  await requireRole(context, request, stockRoles)
  return execute(context, StockTransfers, { after: new URL(request.url).searchParams.get('after') })
}

/** Ends a transfer. Ending it again in the same way changes nothing, so a lost answer may be sent again. */
export async function action({ context, request }: Route.ActionArgs) {
  await requireRole(context, request, stockRoles)
  const form = await readForm(request)
  const id = readText(form, 'transfer')
  const result =
    readText(form, 'intent') === 'cancel'
      ? (await execute(context, CancelTransfer, { id })).cancelTransfer
      : (await execute(context, ReceiveTransfer, { input: { id, lines: arrivedLines(form) } }))
          .receiveTransfer
  const problem = 'message' in result ? result.message : null
  return data({ id, problem }, { status: problem === null ? 200 : 409 })
}

/** Only what did not arrive in full is told. */
function arrivedLines(form: FormData) {
  return form.getAll('variant').flatMap((variantId) => {
    if (typeof variantId !== 'string') return []
    const quantity = readPieces(readText(form, `came ${variantId}`))
    const serials = readSerials(readText(form, `serials ${variantId}`))
    if (quantity === null || quantity === readPieces(readText(form, `sent ${variantId}`))) return []
    return [{ variantId, quantity, ...(serials.length > 0 && { serials }) }]
  })
}

export default function StockTransfersPage({ loaderData, actionData }: Route.ComponentProps) {
  const { nodes, pageInfo } = loaderData.stockTransfers
  return (
    <div className="stock">
      <h1>Transfers</h1>
      {nodes.length === 0 ? (
        <p className="soft">None yet. Send pieces on from the page of their level.</p>
      ) : (
        <ul>
          {nodes.map((transfer) => (
            <li key={transfer.id}>
              <Transfer
                transfer={transfer}
                problem={actionData?.id === transfer.id ? actionData.problem : null}
              />
            </li>
          ))}
        </ul>
      )}
      <PagesNav pageInfo={pageInfo} of="transfers" />
    </div>
  )
}

type TransferRow = StockTransfersQuery['stockTransfers']['nodes'][number]

const states: Record<TransferState, string> = {
  SENT: 'On its way',
  RECEIVED: 'Arrived',
  CANCELED: 'Called off',
}

function Transfer({ transfer, problem }: { transfer: TransferRow; problem: string | null }) {
  const isPending = useNavigation().formData?.get('transfer') === transfer.id
  const isOpen = transfer.state === 'SENT'
  return (
    <article className="stock-transfer" aria-label={`From ${transfer.from.code} to ${transfer.to.code}`}>
      <p className="row row-apart">
        <span>
          <strong>
            {transfer.from.code} → {transfer.to.code}
          </strong>{' '}
          <Badge tone={transfer.isShort ? 'bad' : isOpen ? 'careful' : 'plain'}>
            {transfer.isShort ? 'Arrived short' : states[transfer.state]}
          </Badge>
        </span>
        <span className="soft small">
          <Instant at={transfer.sentAt} />
        </span>
      </p>
      {transfer.note === null ? null : <p className="soft">{transfer.note}</p>}
      {problem === null ? null : <Notice tone="bad">{problem}</Notice>}
      {isOpen ? (
        <Form method="post" className="stock-transfer-lines" preventScrollReset>
          <input type="hidden" name="transfer" value={transfer.id} />
          {transfer.lines.map((line) => (
            <div key={line.variant.id}>
              <input type="hidden" name="variant" value={line.variant.id} />
              <input type="hidden" name={`sent ${line.variant.id}`} value={line.sent} />
              <Field
                label={`${line.sku}: came, of ${line.sent}`}
                name={`came ${line.variant.id}`}
                type="number"
                min={0}
                max={line.sent}
                required
                defaultValue={line.sent}
              />
              {line.serials.length === 0 ? null : (
                <Field
                  label="Their serial numbers, when some are missing"
                  name={`serials ${line.variant.id}`}
                  hint={line.serials.join(', ')}
                />
              )}
            </div>
          ))}
          <p className="row">
            <Button name="intent" value="receive" pending={isPending}>
              Receive
            </Button>
            <Button name="intent" value="cancel" pending={isPending} formNoValidate>
              Call off
            </Button>
          </p>
        </Form>
      ) : (
        <ul className="small">
          {transfer.lines.map((line) => (
            <li key={line.variant.id}>
              {line.sku}:{' '}
              {line.received === null ? `${line.sent} sent back` : `${line.received} of ${line.sent}`}
            </li>
          ))}
        </ul>
      )}
    </article>
  )
}

import { randomUUID } from 'node:crypto'
import { data, Link } from 'react-router'
import { isUuid } from '#app/forms/is-uuid.ts'
import { readForm } from '#app/forms/read-form.server.ts'
import { execute } from '#app/graphql/execute.server.ts'
import { requireRole } from '#app/session/require-role.server.ts'
import { Instant } from '#app/staff/instant.tsx'
import { toWords } from '#app/staff/to-words.ts'
import { adjustments } from '#app/stock/adjustments.ts'
import { changeStock } from '#app/stock/change-stock.server.ts'
import { StockForms } from '#app/stock/stock-forms.tsx'
import { stockRoles } from '#app/stock/stock-roles.ts'
import { graphql } from '#generated/gql.ts'
import type { Route } from './+types/level'

const StockLevel = graphql(`
  query StockLevel($variant: ID!, $warehouse: ID!) {
    warehouses {
      id
      code
    }
    stockLevels(variantId: $variant, warehouseId: $warehouse, first: 1) {
      nodes {
        sku
        name
        optionsLabel
        isSerialized
        onHand
        reserved
        committed
        safety
        incoming
        lowAt
        available
        warehouse {
          id
          code
        }
      }
    }
    stockMovements(variantId: $variant, warehouseId: $warehouse, first: 30) {
      nodes {
        id
        quantity
        reason
        adjustment
        reference
        note
        at
      }
    }
  }
`)

export async function loader({ context, request, params }: Route.LoaderArgs) {
  await requireRole(context, request, stockRoles)
  const { variant, warehouse } = params
  const found =
    isUuid(variant) && isUuid(warehouse) ? await execute(context, StockLevel, { variant, warehouse }) : null
  const level = found?.stockLevels.nodes[0]
  if (!found || !level) throw data({ message: '' }, { status: 404 })
  const others = found.warehouses.filter(({ id }) => id !== level.warehouse.id)
  const keys = { receive: randomUUID(), adjust: randomUUID(), send: randomUUID() }
  return { level, others, movements: found.stockMovements.nodes, keys }
}

export async function action({ context, request, params }: Route.ActionArgs) {
  await requireRole(context, request, stockRoles)
  const form = await readForm(request)
  const place = { variantId: params.variant, warehouseId: params.warehouse }
  const change = await changeStock(context, place, form)
  return data(change, { status: change.problem === null ? 200 : 409 })
}

export default function StockLevelPage({ loaderData, actionData }: Route.ComponentProps) {
  const { level, others, movements, keys } = loaderData
  const figures: [string, number][] = [
    ['On hand', level.onHand],
    ['Held', level.reserved],
    ['Paid', level.committed],
    ['Kept back', level.safety],
    ['Coming', level.incoming],
    ['Can be bought', level.available],
  ]
  return (
    <div className="stock">
      <div>
        <p className="small">
          <Link to={`/stock?sku=${encodeURIComponent(level.sku)}`}>{level.sku} everywhere</Link>
        </p>
        <h1>
          {[level.name, level.optionsLabel].filter(Boolean).join(', ')} in {level.warehouse.code}
        </h1>
      </div>
      <dl className="stock-figures">
        {figures.map(([label, pieces]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="number">{pieces}</dd>
          </div>
        ))}
      </dl>
      <StockForms level={level} others={others} keys={keys} change={actionData} />
      <section className="stack">
        <h2 className="title-s">What came and went</h2>
        <div className="table-scroll" tabIndex={0} role="region" aria-label="Movements, newest first">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">When, UTC</th>
                <th scope="col" className="table-number">
                  Pieces
                </th>
                <th scope="col">Why</th>
                <th scope="col">Reference</th>
              </tr>
            </thead>
            <tbody>
              {movements.map((movement) => (
                <tr key={movement.id}>
                  <td>
                    <Instant at={movement.at} />
                  </td>
                  <td className="table-number">
                    {movement.quantity > 0 ? `+${movement.quantity}` : movement.quantity}
                  </td>
                  <td>
                    {movement.adjustment === null
                      ? toWords(movement.reason)
                      : adjustments[movement.adjustment]}
                    {movement.note === null ? null : <span className="soft small"> {movement.note}</span>}
                  </td>
                  <td className="small">{movement.reference}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    </div>
  )
}

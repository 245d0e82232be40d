import { Form, Link } from 'react-router'
import { Badge } from '#app/design/badge.tsx'
import { Field, SelectField } from '#app/design/field.tsx'
import { isUuid } from '#app/forms/is-uuid.ts'
import { execute } from '#app/graphql/execute.server.ts'
import { requireRole } from '#app/session/require-role.server.ts'
import { PagesNav } from '#app/staff/pages-nav.tsx'
import { stockRoles } from '#app/stock/stock-roles.ts'
import { graphql } from '#generated/gql.ts'
import type { Route } from './+types/levels'

const StockLevels = graphql(`
  query StockLevels($sku: String, $warehouse: ID, $onlyLow: Boolean, $after: String) {
    warehouses {
      id
      code
    }
    stockLevels(sku: $sku, warehouseId: $warehouse, onlyLow: $onlyLow, first: 50, after: $after) {
      nodes {
        sku
        name
        optionsLabel
        onHand
        reserved
        committed
        safety
        incoming
        available
        isLow
        variant {
          id
        }
        warehouse {
          id
          code
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

export async function loader({ context, request }: Route.LoaderArgs) {
  await requireRole(context, request, stockRoles)
  const search = new URL(request.url).searchParams
  const sku = (search.get('sku') ?? '').trim().slice(0, 100)
  const warehouse = search.get('warehouse') ?? ''
  const onlyLow = search.get('low') === 'on'
  const found = await execute(context, StockLevels, {
    sku: sku || null,
    warehouse: isUuid(warehouse) ? warehouse : null,
    onlyLow,
    after: search.get('after'),
  })
  return { ...found, asked: { sku, warehouse, onlyLow } }
}

export default function StockLevelsPage({ loaderData }: Route.ComponentProps) {
  const { warehouses, stockLevels, asked } = loaderData
  const everywhere = { value: '', label: 'Everywhere' }
  return (
    <div className="stock">
      <h1>Stock</h1>
      <Form method="get" className="stock-filters" role="search">
        <Field label="Article number" name="sku" defaultValue={asked.sku} maxLength={100} />
        <SelectField
          label="Warehouse"
          name="warehouse"
          defaultValue={asked.warehouse}
          options={[everywhere, ...warehouses.map(({ id, code }) => ({ value: id, label: code }))]}
        />
        <label className="row">
          <input type="checkbox" name="low" defaultChecked={asked.onlyLow} /> Only what is low
        </label>
        <button className="button">Show</button>
      </Form>
      {stockLevels.nodes.length === 0 ? (
        <p className="soft">Nothing is kept that fits. Ask for less, or receive it first.</p>
      ) : (
        <div className="table-scroll" tabIndex={0} role="region" aria-label="Stock levels">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Article</th>
                <th scope="col">What</th>
                <th scope="col">Where</th>
                {['On hand', 'Held', 'Paid', 'Kept back', 'Coming', 'Can be bought'].map((head) => (
                  <th scope="col" className="table-number" key={head}>
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {stockLevels.nodes.map((level) => (
                <tr key={`${level.variant.id} ${level.warehouse.id}`}>
                  <td>
                    <Link to={`/stock/${level.variant.id}/${level.warehouse.id}`}>{level.sku}</Link>
                  </td>
                  <td>
                    {[level.name, level.optionsLabel].filter(Boolean).join(', ')}{' '}
                    {level.isLow ? <Badge tone="careful">Low</Badge> : null}
                  </td>
                  <td>{level.warehouse.code}</td>
                  <td className="table-number">{level.onHand}</td>
                  <td className="table-number">{level.reserved}</td>
                  <td className="table-number">{level.committed}</td>
                  <td className="table-number">{level.safety}</td>
                  <td className="table-number">{level.incoming}</td>
                  <td className="table-number">{level.available}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <PagesNav pageInfo={stockLevels.pageInfo} of="stock" />
    </div>
  )
}

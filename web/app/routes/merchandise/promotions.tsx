import { Form, Link } from 'react-router'
import { Button } from '#app/design/button.tsx'
import { SelectField } from '#app/design/field.tsx'
import { execute } from '#app/graphql/execute.server.ts'
import { merchandiseRoles } from '#app/imports/merchandise-roles.ts'
import { PromotionStateBadge, promotionStates } from '#app/promotions/promotion-state-badge.tsx'
import { promotionWords } from '#app/promotions/promotion-words.ts'
import { requireRole } from '#app/session/require-role.server.ts'
import { Instant } from '#app/staff/instant.tsx'
import { PagesNav } from '#app/staff/pages-nav.tsx'
import { graphql } from '#generated/gql.ts'
import type { PromotionState } from '#generated/graphql.ts'
import type { Route } from './+types/promotions'

const Promotions = graphql(`
  query Promotions($state: PromotionState, $after: String) {
    promotions(first: 30, state: $state, after: $after) {
      nodes {
        ...PromotionFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

const states: readonly PromotionState[] = ['RUNNING', 'SCHEDULED', 'OFF', 'ENDED']

export async function loader({ context, request }: Route.LoaderArgs) {
  await requireRole(context, request, merchandiseRoles)
  const asked = new URL(request.url).searchParams
  const state = states.find((one) => one === asked.get('state')) ?? null
  const { promotions } = await execute(context, Promotions, { state, after: asked.get('after') })
  return { promotions, state }
}

export default function PromotionsPage({ loaderData }: Route.ComponentProps) {
  const { promotions, state } = loaderData
  return (
    <div className="merchandise">
      <header className="row row-apart">
        <h1>Promotions</h1>
        <Link className="button button-primary" to="/merchandise/promotions/new">
          New promotion
        </Link>
      </header>
      <Form className="promotion-filter">
        <SelectField
          label="State"
          name="state"
          key={state}
          defaultValue={state ?? ''}
          options={[{ value: '', label: 'All' }, ...promotionStates]}
        />
        <Button>Show</Button>
      </Form>
      {promotions.nodes.length === 0 ? (
        <p className="soft">None here.</p>
      ) : (
        <div
          className="table-scroll"
          tabIndex={0}
          role="region"
          aria-label="Promotions, those that begin last first"
        >
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">State</th>
                <th scope="col">What it does</th>
                <th scope="col">Where</th>
                <th scope="col">From, UTC</th>
                <th scope="col">To, UTC</th>
              </tr>
            </thead>
            <tbody>
              {promotions.nodes.map((promotion) => (
                <tr key={promotion.id}>
                  <td>
                    <Link to={`/merchandise/promotions/${promotion.id}`}>{promotion.name}</Link>
                  </td>
                  <td>
                    <PromotionStateBadge state={promotion.state} />
                  </td>
                  <td>
                    {promotionWords(promotion)}
                    {promotion.needsVoucher ? ', with a voucher' : ''}
                  </td>
                  <td>{promotion.marketIds.length === 0 ? 'Everywhere' : promotion.marketIds.join(', ')}</td>
                  <td>
                    <Instant at={promotion.startsAt} />
                  </td>
                  <td>{promotion.endsAt === null ? 'No end' : <Instant at={promotion.endsAt} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <PagesNav pageInfo={promotions.pageInfo} of="promotions" />
    </div>
  )
}

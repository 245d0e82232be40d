import { randomUUID } from 'node:crypto'
import { data, Form, Link, redirect, useNavigation, useSearchParams } from 'react-router'
import { Button } from '#app/design/button.tsx'
import { Field, SelectField } from '#app/design/field.tsx'
import { Notice } from '#app/design/notice.tsx'
import { isUuid } from '#app/forms/is-uuid.ts'
import { readForm } from '#app/forms/read-form.server.ts'
import { readText } from '#app/forms/read-text.ts'
import { execute } from '#app/graphql/execute.server.ts'
import { merchandiseRoles } from '#app/imports/merchandise-roles.ts'
import { PromotionForm } from '#app/promotions/promotion-form.tsx'
import { PromotionPreview } from '#app/promotions/promotion-preview.tsx'
import { PromotionStateBadge } from '#app/promotions/promotion-state-badge.tsx'
import { emptyValues, valuesOf } from '#app/promotions/promotion-values.ts'
import { promotionWords } from '#app/promotions/promotion-words.ts'
import { endPromotion, previewPromotion, savePromotion } from '#app/promotions/change-promotion.server.ts'
import { requireRole } from '#app/session/require-role.server.ts'
import { graphql } from '#generated/gql.ts'
import type { Route } from './+types/promotion'

const PromotionDesk = graphql(`
  query PromotionDesk($id: ID!, $isKnown: Boolean!) {
    promotion(id: $id) @include(if: $isKnown) {
      ...PromotionFields
    }
    markets {
      id
      name
      currency
    }
    collections {
      id
      name
    }
  }
`)

export async function loader({ params, context, request }: Route.LoaderArgs) {
  await requireRole(context, request, merchandiseRoles)
  const id = params.promotion === 'new' ? null : params.promotion
  if (id !== null && !isUuid(id)) throw data({ message: '' }, { status: 404 })
  const found = await execute(context, PromotionDesk, { id: id ?? '', isKnown: id !== null })
  const promotion = found.promotion ?? null
  if (id !== null && promotion === null) throw data({ message: '' }, { status: 404 })
  const { markets, collections } = found
  const values = promotion === null ? emptyValues(new Date()) : valuesOf(promotion)
  return { promotion, markets, collections, values, idempotencyKey: randomUUID() }
}

/** Saves, previews or ends, as the button says. What was typed comes back with anything but success. */
export async function action({ params, context, request }: Route.ActionArgs) {
  await requireRole(context, request, merchandiseRoles)
  const form = await readForm(request)
  const values = Object.fromEntries([...form.keys()].map((name) => [name, readText(form, name)]))
  const asked = { id: params.promotion === 'new' ? null : params.promotion, values }
  switch (values.intent) {
    case 'preview':
      return { ...(await previewPromotion(context, asked)), values }
    case 'end': {
      const { fault } = await endPromotion(context, asked)
      if (fault) return data({ fault, values: null, preview: null }, { status: 409 })
      return redirect(`/merchandise/promotions/${params.promotion}?saved=1`)
    }
    default: {
      const saved = await savePromotion(context, asked)
      if (saved.id !== null) return redirect(`/merchandise/promotions/${saved.id}?saved=1`)
      return data({ fault: saved.fault, values, preview: null }, { status: 400 })
    }
  }
}

export default function PromotionPage({ loaderData, actionData }: Route.ComponentProps) {
  const { promotion, markets, collections, idempotencyKey } = loaderData
  const [search] = useSearchParams()
  const isPending = useNavigation().state !== 'idle'
  const values = actionData?.values ?? loaderData.values
  const fault = actionData?.fault ?? null
  const canEnd = promotion?.state === 'RUNNING' || promotion?.state === 'SCHEDULED'
  return (
    <div className="merchandise">
      <title>{`${promotion?.name ?? 'New promotion'} · Merchandise · Maison`}</title>
      <header className="stack" style={{ '--gap': 'var(--space-2)' }}>
        <p className="small">
          <Link to="/merchandise/promotions">All promotions</Link>
        </p>
        <h1>{promotion?.name ?? 'New promotion'}</h1>
        {promotion === null ? null : (
          <p className="row">
            <PromotionStateBadge state={promotion.state} />
            <span className="soft small">{promotionWords(promotion)}</span>
            {promotion.needsVoucher ? (
              <Link to={`/merchandise/promotions/${promotion.id}/vouchers`}>Vouchers</Link>
            ) : null}
          </p>
        )}
      </header>
      {fault === null && search.has('saved') && !actionData ? (
        <Notice tone="good">Saved. The store shows it within seconds.</Notice>
      ) : null}
      {fault === null ? null : <Notice tone="bad">{fault.problem}</Notice>}
      {/* Another version is another form: its fields begin anew. */}
      <Form
        method="post"
        className="form promotion-form"
        key={`${promotion?.id ?? 'new'} ${String(promotion?.version ?? 0)}`}
      >
        <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
        <input type="hidden" name="version" value={promotion?.version ?? ''} />
        <PromotionForm
          values={values}
          markets={markets}
          collections={collections}
          fault={fault}
          doesNow={promotion === null ? null : promotionWords(promotion)}
        />
        <div className="row">
          <Button kind="primary" name="intent" value="save" pending={isPending}>
            Save
          </Button>
          {canEnd ? (
            <Button name="intent" value="end" formNoValidate pending={isPending}>
              {promotion.state === 'RUNNING' ? 'End now' : 'Switch off'}
            </Button>
          ) : null}
        </div>
        <fieldset className="promotion-part">
          <legend className="title-s">Try it on a product</legend>
          <p className="soft small">For what is shown on the goods. Nothing is saved.</p>
          <div className="promotion-fields">
            <Field
              label="Address of the product"
              name="product"
              autoComplete="off"
              defaultValue={values.product ?? ''}
              error={fault?.field === 'product' ? fault.problem : null}
              hint="The last part, such as passerelle-tote"
            />
            <SelectField
              label="Market"
              name="previewMarket"
              defaultValue={values.previewMarket}
              options={markets.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <Button name="intent" value="preview" pending={isPending}>
              Preview
            </Button>
          </div>
        </fieldset>
      </Form>
      {actionData?.preview ? <PromotionPreview preview={actionData.preview} /> : null}
    </div>
  )
}

import { data, Form, Link, useNavigation } from 'react-router'
import { Button } from '#app/design/button.tsx'
import { Notice } from '#app/design/notice.tsx'
import { execute } from '#app/graphql/execute.server.ts'
import { isUuid } from '#app/forms/is-uuid.ts'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { ImportErrors } from '#app/imports/import-errors.tsx'
import { ImportStatusBadge } from '#app/imports/import-status-badge.tsx'
import { isUnderWay } from '#app/imports/is-under-way.ts'
import { merchandiseRoles } from '#app/imports/merchandise-roles.ts'
import { requireRole } from '#app/session/require-role.server.ts'
import { Instant } from '#app/staff/instant.tsx'
import { useLive } from '#app/staff/use-live.ts'
import { graphql } from '#generated/gql.ts'
import type { Route } from './+types/import'

const ImportPage = graphql(`
  query ImportPage($id: ID!, $after: String) {
    importJob(id: $id) {
      id
      fileName
      status
      totalRows
      processedRows
      failedRows
      products
      variants
      createdAt
      finishedAt
      errors(first: 50, after: $after) {
        ...ImportErrors
      }
    }
  }
`)

const CancelImport = graphql(`
  mutation CancelImport($id: ID!) {
    cancelImport(id: $id) {
      __typename
      ... on UserError {
        message
      }
    }
  }
`)

export async function loader({ params, context, request }: Route.LoaderArgs) {
  await requireRole(context, request, merchandiseRoles)
  if (!isUuid(params.job)) throw data({ message: '' }, { status: 404 })
  const after = new URL(request.url).searchParams.get('after')
  const { importJob } = await execute(context, ImportPage, { id: params.job, after })
  if (importJob === null) throw data({ message: '' }, { status: 404 })
  return { job: importJob }
}

/** Stops the import at its next batch. */
export async function action({ params, context, request }: Route.ActionArgs) {
  await requireRole(context, request, merchandiseRoles)
  const { cancelImport } = await execute(context, CancelImport, { id: params.job })
  if (cancelImport.__typename === 'CancelImportSuccess') return { problem: null }
  return data({ problem: cancelImport.message }, { status: 409 })
}

export default function ImportPageView({ loaderData, actionData }: Route.ComponentProps) {
  const { job } = loaderData
  const { number } = useI18n()
  const isPending = useNavigation().state !== 'idle'
  const isRunning = isUnderWay(job)
  useLive(1_000, isRunning)
  const total = job.totalRows ?? null
  const figures = [
    {
      label: 'Rows read',
      value: total === null ? number(job.processedRows) : `${number(job.processedRows)} of ${number(total)}`,
    },
    { label: 'Rows refused', value: number(job.failedRows) },
    { label: 'Products', value: number(job.products) },
    { label: 'Variants', value: number(job.variants) },
  ]
  return (
    <div className="merchandise">
      <title>{`${job.fileName} · Merchandise · Maison`}</title>
      <header className="stack" style={{ '--gap': 'var(--space-2)' }}>
        <p className="small">
          <Link to="/merchandise">All imports</Link>
        </p>
        <h1 className="merchandise-file">{job.fileName}</h1>
        <p className="row" role="status">
          <ImportStatusBadge status={job.status} />
          <span className="soft small">
            Begun <Instant at={job.createdAt} /> UTC
            {job.finishedAt === null ? null : (
              <>
                , ended <Instant at={job.finishedAt} />
              </>
            )}
          </span>
        </p>
      </header>
      {isRunning ? (
        <label className="merchandise-progress">
          <span className="visually-hidden">Progress</span>
          {/* Without a value the bar says that it is not known yet. */}
          {total === null || total === 0 ? <progress /> : <progress value={job.processedRows} max={total} />}
        </label>
      ) : null}
      <dl className="figures">
        {figures.map((figure) => (
          <div key={figure.label}>
            <dt className="figure-label">{figure.label}</dt>
            <dd className="figure-value">{figure.value}</dd>
          </div>
        ))}
      </dl>
      {actionData?.problem ? <Notice tone="bad">{actionData.problem}</Notice> : null}
      {isRunning ? (
        <Form method="post">
          <Button size="small" pending={isPending}>
            Stop this import
          </Button>
          <p className="soft small">What has arrived stays.</p>
        </Form>
      ) : null}
      <ImportErrors errors={job.errors} />
    </div>
  )
}

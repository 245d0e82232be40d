import { randomUUID } from 'node:crypto'
import { data, Link, redirect } from 'react-router'
import { readForm } from '#app/forms/read-form.server.ts'
import { readText } from '#app/forms/read-text.ts'
import { execute } from '#app/graphql/execute.server.ts'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { ImportStatusBadge } from '#app/imports/import-status-badge.tsx'
import { isUnderWay } from '#app/imports/is-under-way.ts'
import { merchandiseRoles } from '#app/imports/merchandise-roles.ts'
import { UploadForm } from '#app/imports/upload-form.tsx'
import { requireRole } from '#app/session/require-role.server.ts'
import { Instant } from '#app/staff/instant.tsx'
import { PagesNav } from '#app/staff/pages-nav.tsx'
import { useLive } from '#app/staff/use-live.ts'
import { graphql } from '#generated/gql.ts'
import type { Route } from './+types/imports'

const Imports = graphql(`
  query Imports($after: String) {
    markets {
      id
      name
      currency
    }
    importJobs(first: 20, after: $after) {
      nodes {
        id
        fileName
        status
        totalRows
        processedRows
        failedRows
        products
        createdAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

const StartImport = graphql(`
  mutation StartImport($input: StartProductImportInput!) {
    startProductImport(input: $input) {
      __typename
      ... on UserError {
        message
      }
      ... on StartProductImportSuccess {
        importJob {
          id
        }
      }
    }
  }
`)

export async function loader({ context, request }: Route.LoaderArgs) {
  await requireRole(context, request, merchandiseRoles)
  const after = new URL(request.url).searchParams.get('after')
  return { ...(await execute(context, Imports, { after })), idempotencyKey: randomUUID() }
}

/** Starts what the browser has uploaded. */
export async function action({ context, request }: Route.ActionArgs) {
  await requireRole(context, request, merchandiseRoles)
  const form = await readForm(request)
  const input = {
    uploadId: readText(form, 'uploadId'),
    fileName: readText(form, 'fileName').slice(0, 255),
    market: readText(form, 'market'),
    idempotencyKey: readText(form, 'idempotencyKey'),
  }
  const { startProductImport: result } = await execute(context, StartImport, { input })
  if (result.__typename === 'StartProductImportSuccess') {
    return redirect(`/merchandise/imports/${result.importJob.id}`)
  }
  return data({ problem: result.message }, { status: 400 })
}

export default function ImportsPage({ loaderData }: Route.ComponentProps) {
  const { markets, importJobs, idempotencyKey } = loaderData
  const { number } = useI18n()
  const jobs = importJobs.nodes
  useLive(2_000, jobs.some(isUnderWay))
  return (
    <div className="merchandise">
      <h1>Imports</h1>
      <UploadForm markets={markets} idempotencyKey={idempotencyKey} />
      <section className="stack">
        <h2 className="title-s">Earlier imports</h2>
        {jobs.length === 0 ? (
          <p className="soft">None yet. The first file you bring in stands here with what became of it.</p>
        ) : (
          <div className="table-scroll" tabIndex={0} role="region" aria-label="Imports, newest first">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">File</th>
                  <th scope="col">State</th>
                  <th scope="col" className="table-number">
                    Rows
                  </th>
                  <th scope="col" className="table-number">
                    Refused
                  </th>
                  <th scope="col" className="table-number">
                    Products
                  </th>
                  <th scope="col">Begun, UTC</th>
                </tr>
              </thead>
              <tbody>
                {jobs.map((job) => (
                  <tr key={job.id}>
                    <td>
                      <Link to={`/merchandise/imports/${job.id}`}>{job.fileName}</Link>
                    </td>
                    <td>
                      <ImportStatusBadge status={job.status} />
                    </td>
                    <td className="table-number">
                      {isUnderWay(job)
                        ? `${number(job.processedRows)} of ${number(job.totalRows ?? job.processedRows)}`
                        : number(job.totalRows ?? job.processedRows)}
                    </td>
                    <td className="table-number">{number(job.failedRows)}</td>
                    <td className="table-number">{number(job.products)}</td>
                    <td>
                      <Instant at={job.createdAt} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <PagesNav pageInfo={importJobs.pageInfo} of="imports" />
      </section>
    </div>
  )
}

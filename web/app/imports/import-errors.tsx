import { Badge } from '#app/design/badge.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { PagesNav } from '#app/staff/pages-nav.tsx'
import { graphql } from '#generated/gql.ts'
import type { ImportErrorsFragment } from '#generated/graphql.ts'

graphql(`
  fragment ImportErrors on ImportRowErrorConnection {
    totalCount
    nodes {
      row
      column
      severity
      code
      message
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
`)

/** What did not arrive as written, by its place in the file. */
export function ImportErrors({ errors }: { errors: ImportErrorsFragment }) {
  const { number } = useI18n()
  if (errors.totalCount === 0) return <p className="soft">Every row so far arrived as it was written.</p>
  return (
    <section className="stack">
      <h2 className="title-s">
        {errors.totalCount === 1 ? 'One remark' : `${number(errors.totalCount)} remarks`} about the file
      </h2>
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Remarks in the file’s order">
        <table className="table">
          <thead>
            <tr>
              <th scope="col" className="table-number">
                Line
              </th>
              <th scope="col">Column</th>
              <th scope="col">How bad</th>
              <th scope="col">What is wrong and what was done</th>
              <th scope="col">Code</th>
            </tr>
          </thead>
          <tbody>
            {errors.nodes.map((error, index) => (
              <tr key={index}>
                <td className="table-number">{number(error.row)}</td>
                <td>{error.column ?? 'The whole row'}</td>
                <td>
                  <Badge tone={error.severity === 'ERROR' ? 'bad' : 'careful'}>
                    {error.severity === 'ERROR' ? 'Refused' : 'Changed'}
                  </Badge>
                </td>
                <td className="merchandise-message">{error.message}</td>
                <td>
                  <code className="small">{error.code}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <PagesNav pageInfo={errors.pageInfo} of="remarks" />
    </section>
  )
}

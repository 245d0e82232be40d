import { useI18n } from '#app/i18n/use-i18n.ts'
import { graphql } from '#generated/gql.ts'
import type { CashReportFragment } from '#generated/graphql.ts'

graphql(`
  fragment CashReport on CashSession {
    id
    openedAt
    closedAt
    float {
      currency
      amount
    }
    expected {
      currency
      amount
    }
    counted {
      currency
      amount
    }
    difference {
      currency
      amount
      minorUnits
    }
  }
`)

interface CashReportProps {
  session: CashReportFragment
  market: string
  title: string
}

/** What should be in the drawer, and after counting what was. */
export function CashReport({ session, market, title }: CashReportProps) {
  const { money, date } = useI18n()
  const difference = session.difference ?? null
  return (
    <section className="stack">
      <h2 className="title-s">{title}</h2>
      <dl className="facts">
        <dt>Float</dt>
        <dd className="number">{money(session.float)}</dd>
        {session.closedAt === null ? null : (
          <>
            <dt>Closed</dt>
            <dd>{date(session.closedAt, { market, withTime: true })}</dd>
          </>
        )}
        <dt className={difference === null ? 'facts-total' : undefined}>Expected</dt>
        <dd className={difference === null ? 'facts-total number' : 'number'}>{money(session.expected)}</dd>
        {session.counted === null ? null : (
          <>
            <dt>Counted</dt>
            <dd className="number">{money(session.counted)}</dd>
          </>
        )}
        {difference === null ? null : (
          <>
            <dt className="facts-total">Difference, {differenceWord(BigInt(difference.minorUnits))}</dt>
            <dd className="facts-total number">{money(difference)}</dd>
          </>
        )}
      </dl>
    </section>
  )
}

function differenceWord(minor: bigint): string {
  return minor === 0n ? 'none' : minor > 0n ? 'too much' : 'missing'
}

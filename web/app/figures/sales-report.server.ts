import type { RouterContextProvider } from 'react-router'
import { execute } from '#app/graphql/execute.server.ts'
import { requireRole } from '#app/session/require-role.server.ts'
import { graphql } from '#generated/gql.ts'
import { readPeriod } from './period.ts'

const SalesReport = graphql(`
  query SalesReport($from: String!, $to: String!, $currency: String, $market: ID) {
    markets {
      id
      name
    }
    sales(from: $from, to: $to, currency: $currency, market: $market) {
      currency
      currencies
      freshAsOf
      days {
        ...SalesDay
      }
      total {
        ...SalesDay
      }
      byChannel {
        channel
        orders
        total {
          currency
          amount
        }
      }
    }
    topProducts(from: $from, to: $to, currency: $currency, market: $market, first: 10) {
      product {
        id
      }
      name
      units
      share
      gross {
        currency
        amount
      }
    }
  }
`)

graphql(`
  fragment SalesDay on SalesDay {
    date
    orders
    units
    gross {
      currency
      amount
    }
    tax {
      currency
      amount
    }
    shipping {
      currency
      amount
    }
    total {
      currency
      amount
      minorUnits
    }
  }
`)

export const insightsRoles = ['EXECUTIVE', 'SHOP_MANAGER'] as const

/** The figures that an address asks for, as the page shows them and as the file holds them. */
export async function loadSales(context: Readonly<RouterContextProvider>, request: Request) {
  await requireRole(context, request, insightsRoles)
  const asked = new URL(request.url).searchParams
  const period = readPeriod(asked, new Date())
  const market = matching(asked.get('market'), /^[A-Z]{2}$/)
  const currency = matching(asked.get('currency'), /^[A-Z]{3}$/)
  const answer = await execute(context, SalesReport, { from: period.from, to: period.to, market, currency })
  return { period, market, isCurrencyChosen: currency !== null, ...answer }
}

function matching(text: string | null, form: RegExp): string | null {
  return text !== null && form.test(text) ? text : null
}

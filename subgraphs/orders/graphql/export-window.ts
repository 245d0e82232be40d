import { badInput } from '#platform/errors/errors.ts'
import type { ExportWindow } from '../data/find-export-rows.ts'
import { isMarketCode } from './market-code.ts'

/** A year and what comes with it, so that nobody scans everything there ever was. */
const longestMs = 400 * 24 * 60 * 60_000

export function parseExportWindow(asked: { from: Date; to: Date; market?: string | null }): ExportWindow {
  const { from, to, market = null } = asked
  if (Number.isNaN(from.getTime())) throw badInput('from must be an instant.', { argument: 'from' })
  if (!(to > from)) throw badInput('to must be after from.', { argument: 'to' })
  if (to.getTime() - from.getTime() > longestMs)
    throw badInput('An export covers at most 400 days.', { argument: 'to' })
  if (market !== null && !isMarketCode(market))
    throw badInput('There is no such market.', { argument: 'market' })
  return { from, to, marketId: market }
}

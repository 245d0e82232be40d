// What the till asks its server while a sale is open. Not through the router: a lost connection must leave the sale on
// the screen, and scans come faster than pages load.
import type { MoneyAmount } from '#app/i18n/format.ts'
import type { TillPiece } from './sale.ts'

export type CodeAnswer =
  { kind: 'found'; piece: TillPiece } | { kind: 'unknown' } | { kind: 'not-sold-here'; name: string }

export interface VariantsAnswer {
  kind: 'variants'
  pieces: TillPiece[]
}

export interface SellRequest {
  lines: { variantId: string; quantity: number }[]
  tenders: { kind: 'CASH' | 'TERMINAL'; amount: string }[]
  soldAt: string
  idempotencyKey: string
}

export type SellAnswer =
  | {
      kind: 'sold'
      order: { id: string; number: string; total: MoneyAmount }
      change: MoneyAmount & { minorUnits: string }
    }
  | { kind: 'lines-refused'; message: string; problems: Record<string, string> }
  | { kind: 'mismatch'; message: string; due: MoneyAmount & { minorUnits: string } }
  | { kind: 'refused'; message: string }

/** No answer came, so nobody knows whether it was done; or the session is over. */
export type NoAnswer = { kind: 'lost' } | { kind: 'signed-out' }

const timeLimitMs = 12_000

export function askCode(register: string, code: string): Promise<CodeAnswer | NoAnswer> {
  return ask(`/pos/${register}/code?code=${encodeURIComponent(code)}`)
}

export function askVariants(register: string, slug: string): Promise<VariantsAnswer | NoAnswer> {
  return ask(`/pos/${register}/variants?product=${encodeURIComponent(slug)}`)
}

export function sendSale(register: string, sale: SellRequest): Promise<SellAnswer | NoAnswer> {
  return ask(`/pos/${register}/sell`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(sale),
  })
}

async function ask<Answer>(path: string, init: RequestInit = {}): Promise<Answer | NoAnswer> {
  try {
    const response = await fetch(path, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeLimitMs),
    })
    if (response.type === 'opaqueredirect' || response.status === 403) return { kind: 'signed-out' }
    return response.ok ? ((await response.json()) as Answer) : { kind: 'lost' }
  } catch {
    return { kind: 'lost' }
  }
}

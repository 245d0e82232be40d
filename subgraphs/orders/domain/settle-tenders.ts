export interface Tender {
  kind: 'CASH' | 'TERMINAL'
  amountMinor: bigint
}

export type Settlement =
  | {
      kind: 'Settled'
      changeMinor: bigint
      /** What stays in the till: change is taken from the last notes given. They add up to what is due. */
      kept: Tender[]
    }
  | { kind: 'TenderMismatchError' }

/** Whether the tenders pay what is due. Change is given from cash only. */
export function settleTenders(dueMinor: bigint, tenders: readonly Tender[]): Settlement {
  const given = sumOf(tenders)
  const changeMinor = given - dueMinor
  const cash = sumOf(tenders.filter((tender) => tender.kind === 'CASH'))
  if (changeMinor < 0n || changeMinor > cash) return { kind: 'TenderMismatchError' }
  let toGiveBack = changeMinor
  const kept = tenders
    .toReversed()
    .map((tender) => {
      if (tender.kind !== 'CASH') return tender
      const back = tender.amountMinor < toGiveBack ? tender.amountMinor : toGiveBack
      toGiveBack -= back
      return { ...tender, amountMinor: tender.amountMinor - back }
    })
    .filter((tender) => tender.amountMinor > 0n)
    .reverse()
  return { kind: 'Settled', changeMinor, kept }
}

function sumOf(tenders: readonly Tender[]): bigint {
  return tenders.reduce((total, tender) => total + tender.amountMinor, 0n)
}

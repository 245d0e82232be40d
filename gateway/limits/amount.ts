// Sums that are known when a document is compiled, or only with the variables of a request.

export type Variables = Readonly<Record<string, unknown>>

/** A number, or how to find it. */
export type Amount = number | ((variables: Variables) => number)

export function valueOf(amount: Amount, variables: Variables): number {
  return typeof amount === 'number' ? amount : amount(variables)
}

export function sum(amounts: readonly Amount[]): Amount {
  let known = 0
  const open: ((variables: Variables) => number)[] = []
  for (const amount of amounts) {
    if (typeof amount === 'number') known += amount
    else open.push(amount)
  }
  if (open.length === 0) return known
  return (variables) => {
    let total = known
    for (const amount of open) total += amount(variables)
    return total
  }
}

export function product(a: Amount, b: Amount): Amount {
  if (typeof a === 'number' && typeof b === 'number') return a * b
  if (a === 0 || b === 0) return 0
  return (variables) => valueOf(a, variables) * valueOf(b, variables)
}

/** 0 when there is none. */
export function largest(amounts: readonly Amount[]): Amount {
  const known = Math.max(0, ...amounts.filter((amount) => typeof amount === 'number'))
  const open = amounts.filter((amount) => typeof amount !== 'number')
  if (open.length === 0) return known
  return (variables) => open.reduce((most, amount) => Math.max(most, amount(variables)), known)
}

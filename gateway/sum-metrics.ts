/**
 * Metrics of several processes as those of one: counters are added up, of gauges the highest is told. Takes texts in
 * Prometheus' format 0.0.4 as metrics.ts writes them.
 */
export function sumMetrics(texts: readonly string[]): string {
  const families = new Map<string, { head: string[]; samples: Map<string, number> }>()
  for (const text of texts) {
    let isGauge = false
    for (const line of text.split('\n')) {
      if (line === '') continue
      const isHead = line.startsWith('#')
      const name = isHead ? (line.split(' ', 3)[2] ?? '') : line.slice(0, line.search(/[{ ]/))
      const family = families.get(name) ?? { head: [], samples: new Map<string, number>() }
      families.set(name, family)
      if (isHead) {
        if (!family.head.includes(line)) family.head.push(line)
        isGauge = line === `# TYPE ${name} gauge`
        continue
      }
      const end = line.lastIndexOf(' ')
      const series = line.slice(0, end)
      const value = Number(line.slice(end + 1))
      const before = family.samples.get(series) ?? 0
      family.samples.set(series, isGauge ? Math.max(before, value) : before + value)
    }
  }
  let summed = ''
  for (const { head, samples } of families.values()) {
    for (const line of head) summed += `${line}\n`
    for (const [series, value] of samples) summed += `${series} ${String(value)}\n`
  }
  return summed
}

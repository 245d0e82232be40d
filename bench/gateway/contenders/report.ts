// What every contender does besides serving: it says where it listens, tells its CPU and memory when asked, and ends
// with the one who measures.

/** What this contender needs; its first argument. */
export const settings: unknown = JSON.parse(process.argv[2] ?? '{}')

export function ready(port: number): void {
  process.on('message', (message) => {
    if (message !== 'usage') return
    const { user, system } = process.cpuUsage()
    process.send?.({ cpuMicros: user + system, rssBytes: process.memoryUsage.rss() })
  })
  process.on('disconnect', () => process.exit(0))
  // Who measures may be gone already: then there is nobody to tell.
  process.send?.({ port }, (error: Error | null) => error && process.exit(0))
}

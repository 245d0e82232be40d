// A launcher to be killed: starts the server on the given folder, prints one JSON line, and stays until it is told
// `exit` or `stop` on its standard input.
import { startPostgres } from '../start-postgres.ts'

try {
  const server = await startPostgres({ dataFolder: process.argv[2] ?? '' })
  console.log(JSON.stringify({ url: server.url('postgres'), dataFolder: server.dataFolder }))
  process.stdin.on('data', (command) => {
    if (command.toString() === 'exit') process.exit(0)
    void server.stop().then(() => process.exit(0))
  })
} catch (error) {
  console.log(JSON.stringify({ refused: error instanceof Error ? error.message : String(error) }))
}

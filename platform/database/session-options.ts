/**
 * Start-up options of every session. A half-open connection otherwise keeps its row locks for ever and SKIP LOCKED
 * passes over its rows without an error; and without TimeZone=UTC Prisma shifts timestamps on a machine not in UTC.
 * Milliseconds, except the keepalives (seconds).
 */
export const sessionOptions = [
  'TimeZone=UTC',
  'statement_timeout=8000',
  'idle_in_transaction_session_timeout=6000',
  'tcp_keepalives_idle=10',
  'tcp_keepalives_interval=5',
  'tcp_keepalives_count=3',
]
  .map((setting) => `-c ${setting}`)
  .join(' ')

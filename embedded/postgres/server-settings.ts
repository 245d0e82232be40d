/** Command-line settings of the server. `fast` is for data nobody will miss: a crash of the machine may ruin it. */
export function serverSettings(port: number, fast: boolean): string[] {
  const settings: Record<string, string | number> = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    // Six pools of ten, the relays, psql, and room; a test run has several files at once, each with its own pools.
    max_connections: fast ? 300 : 100,
    shared_buffers: '64MB',
    // Nobody replicates from here: less is written.
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_wal_size: '256MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    cluster_name: 'maison',
    log_line_prefix: '%m [%p] %d ',
    ...(fast
      ? { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_wal_size: '1GB' }
      : {}),
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

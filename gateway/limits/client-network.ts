import { isIPv6 } from 'node:net'

/**
 * Whom an address belongs to, for counting: the address itself, or of IPv6 the first 64 bits, since a household gets all
 * the rest to itself. Text that is no address stands for itself, nothing for one common client.
 */
export function clientNetwork(ip: string | null): string {
  if (ip === null) return 'unknown'
  if (!isIPv6(ip)) return ip
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped !== undefined) return mapped
  // The parser writes an address in one way only: lower case, without leading zeros, the longest run of zeros as `::`.
  const text = new URL(`http://[${ip.split('%', 1)[0] ?? ''}]`).hostname.slice(1, -1)
  const [head = '', tail] = text.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array<string>(8 - before.length - after.length).fill('0')
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`
}

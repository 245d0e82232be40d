import { demoPassword, demoSignIns } from './demo/sign-ins.ts'
import type { House } from './house.ts'

/** What the start says last: where to go, as whom, and which parts are embedded. */
export function summary(house: House): string {
  const { url, described } = house
  const places = [
    ['Store', url],
    ['Till', `${url}/pos`],
    ['Dashboards', `${url}/insights`],
    ['Support desk', `${url}/support`],
    ['Courier', `${url}/courier`],
    ['Merchandising', `${url}/merchandise`],
    ['Mailbox', `${url}/dev/mailbox`],
  ] as const
  return [
    '',
    ...places.map(([name, address]) => `  ${name.padEnd(14)} ${address}`),
    '',
    `  Sign in with the password ${demoPassword}`,
    ...demoSignIns.map(({ email, is }) => `  ${email.padEnd(30)} ${is}`),
    '',
    ...described.map(({ part, by, isReal }) => `  ${part.padEnd(14)} ${isReal ? 'real' : 'embedded'}: ${by}`),
    '',
    '  Ctrl-C ends it; everything is kept for the next start.',
    '',
    '',
  ].join('\n')
}

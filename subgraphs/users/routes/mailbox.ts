import { notFound } from '#platform/errors/errors.ts'
import type { Mailbox } from '#platform/mail/mailbox.ts'
import type { Route } from '#platform/server/subgraph.ts'
import { mailboxHeaders, mailboxPage, mailPage } from './mailbox-page.ts'

const shown = 100

/** Shows the letters of a house without a mail server. Never there when there is one: it would show everybody's mail. */
export function mailboxRoutes(mailbox: Mailbox): Route[] {
  return [
    {
      method: 'GET',
      path: '/dev/mailbox',
      signed: true,
      handle: async (_, response) => {
        const html = mailboxPage(await mailbox.list({ limit: shown }))
        response.writeHead(200, mailboxHeaders).end(html)
      },
    },
    {
      method: 'GET',
      path: '/dev/mailbox/',
      signed: true,
      handle: async ({ path }, response) => {
        const mail = await mailbox.get(path.slice('/dev/mailbox/'.length))
        if (!mail) throw notFound('There is no such letter.')
        response.writeHead(200, mailboxHeaders).end(mailPage(mail))
      },
    },
  ]
}

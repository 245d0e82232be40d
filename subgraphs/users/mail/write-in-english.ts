import type { LetterContent, LetterFrame } from './letter-content.ts'
import type { LetterData } from './letter-data.ts'

export function writeInEnglish(data: LetterData, frame: LetterFrame): LetterContent {
  switch (data.kind) {
    case 'EMAIL_VERIFICATION':
      return {
        subject: 'Confirm your mail address',
        heading: 'Welcome to Maison',
        paragraphs: [
          'Confirm your mail address, and your account is ready. The link works once, for 24 hours.',
        ],
        action: { label: 'Confirm address', url: frame.verifyUrl(data.tokenId) },
        footnote:
          'If you did not ask for an account, leave this letter unanswered: without the link nothing happens.',
      }
    case 'ACCOUNT_EXISTS':
      return {
        subject: 'You already have an account',
        heading: 'You are already with us',
        paragraphs: [
          'Somebody, probably you, signed up with this address. It has an account already: sign in as usual.',
        ],
        action: { label: 'Sign in', url: `${frame.publicUrl}/sign-in` },
        footnote: 'If it was not you, there is nothing to do: your account has not changed.',
      }
    case 'ORDER_CONFIRMED':
      return {
        subject: `Your order ${data.number}`,
        heading: 'Thank you for your order',
        paragraphs: [
          `Your order ${data.number} is paid and being prepared. We write again when it has arrived.`,
        ],
        facts: orderFacts(data, frame, 'Total'),
        ...(frame.ordersUrl && { action: { label: 'See your orders', url: frame.ordersUrl } }),
        footnote: 'You get this letter because you ordered from Maison.',
      }
    case 'ORDER_EXPIRED':
      return {
        subject: `Your order ${data.number} has lapsed`,
        heading: 'Your order has lapsed',
        paragraphs: [
          `Your order ${data.number} was not paid in time, so its pieces are free again. Nothing was charged.`,
          'If you would still like them, order again: we hold them for you while you pay.',
        ],
        action: { label: 'Back to the store', url: frame.publicUrl },
        footnote: 'You get this letter because you began an order at Maison.',
      }
    case 'DELIVERY_DELIVERED':
      return {
        subject: `Your order ${data.number} has arrived`,
        heading: 'Your parcel has arrived',
        paragraphs: [`The parcel of your order ${data.number} was handed over. We hope it brings you joy.`],
        ...(frame.ordersUrl && { action: { label: 'See your orders', url: frame.ordersUrl } }),
        footnote: 'If you have not received it, answer to our customer care.',
      }
    case 'IMPORT_COMPLETED':
      return {
        subject: data.failedRows > 0 ? 'Your import is done, with errors' : 'Your import is done',
        heading: 'Your import is done',
        paragraphs: [`The file “${data.fileName}” was read to its end.`],
        facts: [
          { name: 'Products', value: String(data.products) },
          { name: 'Variants', value: String(data.variants) },
          { name: 'Rows', value: String(data.totalRows ?? 0) },
          { name: 'Rows with errors', value: String(data.failedRows) },
        ],
        footnote: 'You get this letter because you started the import.',
      }
    case 'IMPORT_FAILED':
      return {
        subject: 'Your import failed',
        heading: 'Your import failed',
        paragraphs: [`The file “${data.fileName}” could not be imported.`, data.reason],
        footnote: 'You get this letter because you started the import.',
      }
  }
}

/** The lines of an order and its total; the same in every language but for one word. */
export function orderFacts(
  data: Extract<LetterData, { kind: 'ORDER_CONFIRMED' }>,
  frame: LetterFrame,
  total: string,
): { name: string; value: string }[] {
  const lines = data.lines.map(({ name, quantity, totalMinor }) => ({
    name: quantity === 1 ? name : `${name} × ${String(quantity)}`,
    value: frame.money(data.currency, totalMinor),
  }))
  return [...lines, { name: total, value: frame.money(data.currency, data.totalMinor) }]
}

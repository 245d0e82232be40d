// What Stripe does to PaymentIntents, for the house and for the shopper's page.
import { type Answer, badRequest, missing, ok, refuse } from './answer.ts'
import type { Form } from './read-form.ts'
import { type Books, type Intent, newId, seconds } from './stand-in-books.ts'
import type { Show } from './stand-in-objects.ts'
import type { Play } from './stand-in-play.ts'

/** Stripe takes no less; half a unit of most currencies. */
const least = 50

export function workIntents(books: Books, show: Show, play: Play) {
  const withIntent = (reference: string, work: (intent: Intent) => Answer): Answer => {
    const intent = books.intents.get(reference)
    return intent ? work(intent) : missing(`payment_intent: '${reference}'`)
  }
  const shown = (intent: Intent, form: Form): Answer => ok(show.intent(books, intent, form.list('expand')))

  function unexpected(intent: Intent, verb: string): Answer {
    const message = `You cannot ${verb} this PaymentIntent because it has a status of ${intent.status}.`
    return badRequest('payment_intent_unexpected_state', message, {
      payment_intent: show.intent(books, intent),
    })
  }

  return {
    create: (form: Form): Answer => {
      const amount = Number(form.text('amount'))
      if (amount < least) return badRequest('amount_too_small', 'Amount is too small.')
      const id = newId('pi')
      const intent: Intent = {
        id,
        clientSecret: `${id}_secret_${newId('s').slice(2)}`,
        amount,
        currency: form.text('currency') ?? '',
        captureMethod: form.text('capture_method') === 'manual' ? 'manual' : 'automatic',
        metadata: form.record('metadata'),
        status: 'requires_payment_method',
        card: null,
        charge: null,
        cancellationReason: null,
        returnUrl: null,
        created: seconds(books),
        isIndexed: false,
      }
      books.intents.set(id, intent)
      play.tellIntent(intent, 'payment_intent.created')
      return shown(intent, form)
    },
    retrieve: (reference: string, form: Form): Answer =>
      withIntent(reference, (intent) => shown(intent, form)),
    /** As Stripe's script does it in the page, with the publishable key and the attempt's own secret. */
    confirm: (reference: string, form: Form): Answer =>
      withIntent(reference, (intent) => {
        if (form.text('client_secret') !== intent.clientSecret) {
          return badRequest('parameter_invalid', 'The client_secret is wrong.')
        }
        if (intent.status !== 'requires_payment_method') return unexpected(intent, 'confirm')
        intent.returnUrl = form.text('return_url')
        switch (form.text('payment_method_data[card][number]')) {
          case '4000000000000002': {
            play.decline(reference, 'card_declined', 'generic_decline')
            const failed = show.intent(books, intent)
            const error = failed.last_payment_error as { type: string; message: string }
            return refuse(402, { ...error, payment_intent: failed })
          }
          case '4000002500003155':
            play.move(reference, 'requires_action')
            break
          default:
            play.succeed(reference)
        }
        return shown(intent, form)
      }),
    cancel: (reference: string, form: Form): Answer =>
      withIntent(reference, (intent) => {
        const isOpen = ['requires_payment_method', 'requires_action', 'requires_capture'].includes(
          intent.status,
        )
        if (!isOpen) return unexpected(intent, 'cancel')
        play.cancel(intent, form.text('cancellation_reason'))
        return shown(intent, form)
      }),
    capture: (reference: string, form: Form): Answer =>
      withIntent(reference, (intent) => {
        const { charge, status } = intent
        if (status !== 'requires_capture' || !charge) return unexpected(intent, 'capture')
        const amount = Number(form.text('amount_to_capture') ?? intent.amount)
        if (amount > intent.amount) {
          return badRequest('amount_too_large', 'The amount is greater than the amount capturable.')
        }
        play.capture(intent, charge, amount)
        return shown(intent, form)
      }),
    search: (form: Form): Answer => {
      const wanted = /^metadata\["transactionId"\]:"([^"]+)"$/.exec(form.text('query') ?? '')?.[1]
      const found = [...books.intents.values()].filter(
        ({ isIndexed, metadata }) => isIndexed && metadata.transactionId === wanted,
      )
      return ok({
        object: 'search_result',
        url: '/v1/payment_intents/search',
        has_more: false,
        data: found.map((intent) => show.intent(books, intent)),
      })
    },
  }
}

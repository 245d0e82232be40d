/**
 * The event cannot be handled yet through no fault of its own (an earlier one is missing, the database is away): it is
 * put aside and delivered again later, which does not count as a failed try.
 */
export class NotYet extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'NotYet'
  }
}

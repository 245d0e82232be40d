/** The event itself is wrong, so trying again cannot help: it goes straight to the dead letters. */
export class ContractViolation extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ContractViolation'
  }
}

/** The house's account that transfers go to. */
export interface BankAccount {
  holder: string
  iban: string
  /** Null when the IBAN is enough. */
  bic: string | null
}

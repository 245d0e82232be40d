/** What a process has used since it started. */
export interface Meter {
  cpuMicros: number
  statements: number
  /** Of the sandbox, which stands for a payment provider outside the house. */
  providerStatements: number
  /** How often each statement was sent, when that is asked for. */
  texts: Record<string, number>
}

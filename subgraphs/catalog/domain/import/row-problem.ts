/** Why a row, or a part of it, did not arrive as written. `ERROR`: the row was refused. */
export interface RowProblem {
  /** Line in the file; the header is 1. */
  row: number
  column: string | null
  severity: 'ERROR' | 'WARNING'
  code: string
  message: string
}

/** Gathers the problems of some rows. */
export class RowProblems {
  readonly all: RowProblem[] = []

  error(row: number, column: string | null, code: string, message: string): void {
    this.all.push({ row, column, severity: 'ERROR', code, message })
  }

  warn(row: number, column: string | null, code: string, message: string): void {
    this.all.push({ row, column, severity: 'WARNING', code, message })
  }

  /** How many rows were refused. */
  refusedRows(): number {
    return new Set(this.all.filter((problem) => problem.severity === 'ERROR').map((problem) => problem.row))
      .size
  }
}

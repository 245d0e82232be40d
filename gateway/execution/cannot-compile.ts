/** Thrown while an operation is compiled: it uses something that only the stock executor does. Never thrown while one runs. */
export class CannotCompile extends Error {
  override readonly name = 'CannotCompile'
}

/** What came cannot be read, or not without doubt. The connection it came on is of no use. */
export class BadAnswer extends Error {
  constructor(what: string) {
    super(`Not an answer over HTTP/1.1: ${what}`)
    this.name = 'BadAnswer'
  }
}

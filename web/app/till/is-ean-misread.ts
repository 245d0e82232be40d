/** Whether a code has the form of an EAN-8, UPC or EAN-13 but not its check digit: the scanner read a scratch. */
export function isEanMisread(code: string): boolean {
  if (!/^(\d{8}|\d{12}|\d{13})$/.test(code)) return false
  const digits = [...code].map(Number).reverse()
  const sum = digits.reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 1 : 3), 0)
  return sum % 10 !== 0
}

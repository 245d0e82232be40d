/** `CARRIER_PICKED_UP` → `Carrier picked up`: a code of the API as people read it. */
export function toWords(code: string): string {
  const words = code.toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const pixelsPerMillimetre = 96 / 25.4

/**
 * Sets the paper to 80 mm by what the receipt needs: `@page { size: 80mm auto }` falls back to Letter. Undone by the
 * function it returns. A sheet made by script, since the page allows no style elements.
 */
export function fitReceiptPage(receipt: HTMLElement): () => void {
  const sheet = new CSSStyleSheet()
  const fit = () => {
    const heightMm = Math.ceil(receipt.scrollHeight / pixelsPerMillimetre) + 8
    sheet.replaceSync(`@page { size: 80mm ${String(Math.max(heightMm, 80))}mm; margin: 4mm }`)
  }
  fit()
  document.adoptedStyleSheets.push(sheet)
  window.addEventListener('beforeprint', fit)
  return () => {
    window.removeEventListener('beforeprint', fit)
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet)
  }
}

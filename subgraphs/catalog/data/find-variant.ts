import type { PrismaClient, ProductVariant } from './generated/client.ts'

/**
 * The variant that a till has scanned or a clerk has typed: by SKU, whatever its capitals, else by barcode. Null when there is
 * none, and when a barcode names several: the wrong article must not be sold.
 */
export async function findVariantByCode(prisma: PrismaClient, code: string): Promise<ProductVariant | null> {
  const isSold = { retiredAt: null, product: { status: 'ACTIVE' as const } }
  const bySku = await prisma.productVariant.findMany({
    where: { sku: { in: [code, code.toUpperCase(), code.toLowerCase()] }, ...isSold },
    take: 3,
  })
  const exact = bySku.find((variant) => variant.sku === code) ?? bySku[0]
  if (exact) return exact
  const byBarcode = await prisma.productVariant.findMany({
    where: { barcode: { in: sameBarcodes(code) }, ...isSold },
    take: 2,
  })
  return byBarcode.length === 1 ? (byBarcode[0] ?? null) : null
}

// A scanner tells a UPC-A as 12 digits or, with a zero in front, as the EAN-13 it is too.
function sameBarcodes(code: string): string[] {
  if (/^\d{12}$/.test(code)) return [code, `0${code}`]
  return /^0\d{12}$/.test(code) ? [code, code.slice(1)] : [code]
}

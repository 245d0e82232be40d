/**
 * The pictures of one form of a product: its own one and those that follow it, up to the next form's. Without a picture
 * of its own, all of them.
 */
export function picturesOf<M extends { id: string }>(
  media: readonly M[],
  variants: readonly { media: { id: string } | null }[],
  chosen: { media: { id: string } | null } | null,
): readonly M[] {
  const start = media.findIndex((each) => each.id === chosen?.media?.id)
  if (start < 0) return media
  const firsts = new Set(variants.map((variant) => variant.media?.id))
  const length = media.slice(start + 1).findIndex((each) => firsts.has(each.id))
  return media.slice(start, length < 0 ? undefined : start + 1 + length)
}

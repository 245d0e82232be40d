/** Where a ready-made size of a picture is served. The fingerprint names its bytes, so the address never changes them. */
export function mediaUrl(fingerprint: string, derivative: { width: number; extension: string }): string {
  return `/media/${fingerprint}/${String(derivative.width)}.${derivative.extension}`
}

/** Where it is kept. */
export function mediaKey(fingerprint: string, derivative: { width: number; extension: string }): string {
  return `media/${fingerprint}/${String(derivative.width)}.${derivative.extension}`
}

import { hash } from 'node:crypto'

/** SHA-256 takes its input in blocks of this size; a key fills the first one. */
const blockBytes = 64
const digestBytes = 32

/** Texts up to this long, in bytes, are copied into one buffer again and again. */
const usualBytes = 8_192

/**
 * HMAC-SHA-256 (RFC 2104) of texts under one key, in base64url. The same as `createHmac`, put together from two one-shot
 * hashes: an `Hmac` object costs twice as much, most of it in making and collecting what holds its native half.
 */
export function createHmacSha256(secret: string): (text: string) => string {
  const given = Buffer.from(secret)
  const key = given.length > blockBytes ? hash('sha256', given, 'buffer') : given
  const usual = Buffer.alloc(blockBytes + usualBytes, 0x36)
  const outer = Buffer.alloc(blockBytes + digestBytes, 0x5c)
  key.forEach((byte, at) => {
    usual[at] = byte ^ 0x36
    outer[at] = byte ^ 0x5c
  })

  return (text) => {
    // A UTF-16 unit is three bytes of UTF-8 at most.
    const room = blockBytes + text.length * 3
    const inner = room <= usual.length ? usual : Buffer.concat([usual.subarray(0, blockBytes)], room)
    const end = blockBytes + inner.write(text, blockBytes)
    outer.write(hash('sha256', inner.subarray(0, end), 'binary'), blockBytes, 'binary')
    return hash('sha256', outer, 'base64url')
  }
}

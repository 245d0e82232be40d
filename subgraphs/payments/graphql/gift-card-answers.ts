/** The same for a code that is none and for one that nobody has. */
export const giftCardNotFound = () => ({
  kind: 'GiftCardNotFoundError',
  message: 'No gift card has this code. Look at it again.',
})

export const tooManyTries = (retryAfterSeconds: number) => ({
  kind: 'TooManyTriesError',
  message: 'Too many codes were tried. Try again later, or ask our client services.',
  retryAfterSeconds,
})

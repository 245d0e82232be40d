/** Texts of paying in another way than by card; a part of the store's texts. */
export const otherWaysEn = {
  'checkout.other-way': 'Order now and pay with a gift card, store credit or a transfer',
  'pay.other-title': 'Other ways to pay',
  'pay.gift-card': 'Gift card code',
  'pay.gift-card-use': 'Use the gift card',
  'pay.store-credit-use': 'Use your store credit of {amount}',
  'pay.transfer-use': 'Pay by bank transfer',
  'pay.transfer-hint':
    'Your pieces are held for the days a transfer takes. We write to you when it has come.',
  'pay.transfer-to': 'Please transfer {amount}',
  'pay.transfer-holder': 'To',
  'pay.transfer-reference': 'Reference',
  'pay.other.not-found': 'No gift card has this code. Please look at it again.',
  'pay.other.empty': 'There is nothing left on it that could pay this order.',
  'pay.other.too-many': 'Too many codes were tried. Please try again later, or ask our client services.',
  'pay.other.not-offered': 'Transfers are not taken here. Please pay in another way.',
  'pay.other.unavailable': 'This is not possible right now. Your pieces stay held: try again in a moment.',
}

// What a code does, or why it does nothing; by the words of the schema.

export const englishVouchers = {
  'voucher.title': 'Code',
  'voucher.use': 'Use this code',
  'voucher.delivery': 'How it is sent',
  'voucher.UNKNOWN': 'We do not know this code.',
  'voucher.NOT_YET': 'This code does not hold yet.',
  'voucher.ENDED': 'This code holds no longer.',
  'voucher.USED_UP': 'This code has been used up.',
  'voucher.USED_BY_CUSTOMER': 'You have used this code already.',
  'voucher.NOT_HERE': 'This code does not hold in this country.',
  'voucher.NOT_MET': 'This code does not apply to what is in your bag.',
  'voucher.REPEATED': 'This code does the same as another one.',
} as const

export const frenchVouchers = {
  'voucher.title': 'Code',
  'voucher.use': 'Utiliser ce code',
  'voucher.delivery': 'Mode de livraison',
  'voucher.UNKNOWN': 'Nous ne connaissons pas ce code.',
  'voucher.NOT_YET': 'Ce code n’est pas encore valable.',
  'voucher.ENDED': 'Ce code n’est plus valable.',
  'voucher.USED_UP': 'Ce code a déjà été utilisé.',
  'voucher.USED_BY_CUSTOMER': 'Vous avez déjà utilisé ce code.',
  'voucher.NOT_HERE': 'Ce code n’est pas valable dans ce pays.',
  'voucher.NOT_MET': 'Ce code ne s’applique pas à votre sélection.',
  'voucher.REPEATED': 'Ce code fait double emploi avec un autre.',
}

export const japaneseVouchers = {
  'voucher.title': 'コード',
  'voucher.use': 'コードを使う',
  'voucher.delivery': '配送方法',
  'voucher.UNKNOWN': 'このコードは見つかりません。',
  'voucher.NOT_YET': 'このコードはまだご利用いただけません。',
  'voucher.ENDED': 'このコードの有効期限は終了しました。',
  'voucher.USED_UP': 'このコードはすでに使用されています。',
  'voucher.USED_BY_CUSTOMER': 'このコードはすでにご利用済みです。',
  'voucher.NOT_HERE': 'このコードはこの国ではご利用いただけません。',
  'voucher.NOT_MET': 'このコードはバッグの商品には適用されません。',
  'voucher.REPEATED': 'このコードは別のコードと重複しています。',
}

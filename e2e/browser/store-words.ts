type Field = readonly [label: string, value: string]

/** What a shopper reads on the way from the home page to the order, and what they write. */
export interface StoreWords {
  place: string
  seePieces: string
  /** The collection that the home page leads to, and a bag in it. */
  collection: string
  bag: string
  addToBag: string
  checkout: string
  email: string
  next: string
  /** The fields of the address, in the page's order. */
  address: readonly [Field, ...Field[]]
  cardNumber: string
  expiry: string
  securityCode: string
  pay: RegExp
  waiting: string
  lookAgain: string
  thanks: string
  orderNumber: RegExp
}

export const english: StoreWords = {
  place: '/en/fr',
  seePieces: 'See the pieces',
  collection: 'New arrivals',
  bag: 'Passerelle tote',
  addToBag: 'Add to bag',
  checkout: 'Go to checkout',
  email: 'E-mail address',
  next: 'Continue',
  address: [
    ['Full name of who receives it', 'Ada Marlow'],
    ['Street and house number', '12 rue des Archives'],
    ['Postal code', '75004'],
    ['City', 'Paris'],
  ],
  cardNumber: 'Card number',
  expiry: 'Valid until (MM/YY)',
  securityCode: 'Security code',
  pay: /^Pay €/,
  waiting: 'Waiting for your bank',
  lookAgain: 'Look again',
  thanks: 'Thank you',
  orderNumber: /FR-\d+/,
}

export const french: StoreWords = {
  place: '/fr/fr',
  seePieces: 'Découvrir les pièces',
  collection: 'Nouveautés',
  bag: 'Cabas Passerelle',
  addToBag: 'Ajouter au panier',
  checkout: 'Passer la commande',
  email: 'Adresse e-mail',
  next: 'Continuer',
  address: [
    ['Nom complet du destinataire', 'Hélène Çelik'],
    ['Numéro et rue', '12 rue des Archives'],
    ['Code postal', '75004'],
    ['Ville', 'Paris'],
  ],
  cardNumber: 'Numéro de carte',
  expiry: 'Valable jusqu’à (MM/AA)',
  securityCode: 'Code de sécurité',
  pay: /^Payer .+€$/,
  waiting: 'En attente de votre banque',
  lookAgain: 'Regarder à nouveau',
  thanks: 'Merci',
  orderNumber: /FR-\d+/,
}

export const japanese: StoreWords = {
  place: '/ja/jp',
  seePieces: '品を見る',
  collection: '新着',
  bag: 'パスレル トート',
  addToBag: 'バッグに入れる',
  checkout: 'ご注文へ進む',
  email: 'メールアドレス',
  next: '次へ',
  address: [
    ['お受取人の氏名', '山田 花子'],
    ['郵便番号', '104-0061'],
    ['都道府県', '東京都'],
    ['市区町村', '中央区'],
    ['番地', '銀座4-1-1'],
  ],
  cardNumber: 'カード番号',
  expiry: '有効期限（MM/YY）',
  securityCode: 'セキュリティコード',
  pay: /^[¥￥].+を支払う$/,
  waiting: '銀行の返答を待っています',
  lookAgain: 'もう一度確認する',
  thanks: 'ありがとうございます',
  orderNumber: /JP-\d+/,
}

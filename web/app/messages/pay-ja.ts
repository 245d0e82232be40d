import type { payEn } from './pay-en.ts'

export const payJa: Record<keyof typeof payEn, string> = {
  'checkout.other-way': '注文してギフトカード・ストアクレジット・銀行振込で支払う',
  'pay.other-title': 'その他のお支払い方法',
  'pay.gift-card': 'ギフトカードのコード',
  'pay.gift-card-use': 'ギフトカードを使う',
  'pay.store-credit-use': 'ストアクレジット {amount} を使う',
  'pay.transfer-use': '銀行振込で支払う',
  'pay.transfer-hint':
    'お振込みに必要な日数のあいだ、商品をお取り置きします。ご入金を確認しましたらお知らせします。',
  'pay.transfer-to': '{amount} をお振込みください',
  'pay.transfer-holder': '振込先',
  'pay.transfer-reference': '振込名義に記載する番号',
  'pay.other.not-found': 'このコードのギフトカードはありません。もう一度ご確認ください。',
  'pay.other.empty': 'このご注文に使える残高がありません。',
  'pay.other.too-many':
    'コードの入力回数が多すぎます。しばらくしてからお試しいただくか、お問い合わせください。',
  'pay.other.not-offered': 'こちらでは銀行振込をお使いいただけません。別の方法をお選びください。',
  'pay.other.unavailable':
    'ただいまご利用いただけません。商品はお取り置きしています。しばらくしてからお試しください。',
  'pay.title': 'ご注文 {number} のお支払い',
  'pay.held-until': '{time}まで品をお取り置きしています。',
  'pay.held-left': 'お取り置き 残り {minutes}:{seconds}',
  'pay.expired-title': '時間が過ぎました',
  'pay.expired':
    'ご注文 {number} のお取り置きは終了しました。請求はされていません。改めてご注文いただけます。',
  'pay.failed-title': 'お支払いが承認されませんでした',
  'pay.failed.card_declined':
    'カード会社が承認しませんでした。別のカードをお使いになるか、カード会社にお問い合わせください。',
  'pay.failed.insufficient_funds': '残高が不足しています。別のカードをお使いください。',
  'pay.failed.incorrect_number': 'カード番号が正しくありません。ご確認ください。',
  'pay.failed.authentication_failed':
    '銀行での確認が完了しませんでした。もう一度お試しになるか、別のカードをお使いください。',
  'pay.failed.other': 'お支払いが完了しませんでした。別のカードか、もう一度お試しください。',
  'pay.cancel': '注文を取り消す',
  'pay.canceled-title': 'ご注文を取り消しました',
  'pay.canceled': 'ご注文 {number} を取り消しました。請求はされていません。',
  'pay.again': 'もう一度試す',
  'pay.card-title': 'カード',
  'pay.card-loading': 'カードの入力欄を読み込んでいます。',
  'pay.needs-script':
    'カードは{provider}の専用の枠でお受けするため、JavaScriptが必要です。有効にして、この画面を読み込み直してください。',
}

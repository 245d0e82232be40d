import type { otherWaysEn } from './other-ways-en.ts'

export const otherWaysJa: Record<keyof typeof otherWaysEn, string> = {
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
}

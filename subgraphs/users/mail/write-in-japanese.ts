import type { LetterContent, LetterFrame } from './letter-content.ts'
import type { LetterData } from './letter-data.ts'
import { orderFacts } from './write-in-english.ts'

export function writeInJapanese(data: LetterData, frame: LetterFrame): LetterContent {
  switch (data.kind) {
    case 'EMAIL_VERIFICATION':
      return {
        subject: 'メールアドレスのご確認',
        heading: 'Maisonへようこそ',
        paragraphs: [
          'メールアドレスをご確認いただくと、アカウントをご利用いただけます。リンクは24時間、一度だけ有効です。',
        ],
        action: { label: 'アドレスを確認する', url: frame.verifyUrl(data.tokenId) },
        footnote:
          'お心当たりのない場合は、このメールを破棄してください。リンクを開かない限り、何も行われません。',
      }
    case 'ACCOUNT_EXISTS':
      return {
        subject: 'アカウントはすでにございます',
        heading: 'すでにご登録いただいております',
        paragraphs: [
          'このメールアドレスで新規登録の操作がありましたが、すでにアカウントがございます。いつも通りログインしてください。',
        ],
        action: { label: 'ログイン', url: `${frame.publicUrl}/sign-in` },
        footnote: 'お心当たりのない場合も、お手続きは不要です。アカウントに変更はありません。',
      }
    case 'ORDER_CONFIRMED':
      return {
        subject: `ご注文 ${data.number} について`,
        heading: 'ご注文ありがとうございます',
        paragraphs: [
          `ご注文 ${data.number} のお支払いを確認し、ご用意を始めました。お届けが済みましたら改めてご連絡いたします。`,
        ],
        facts: orderFacts(data, frame, '合計'),
        ...(frame.ordersUrl && { action: { label: 'ご注文を見る', url: frame.ordersUrl } }),
        footnote: 'このメールは、Maisonでご注文いただいた方にお送りしています。',
      }
    case 'ORDER_EXPIRED':
      return {
        subject: `ご注文 ${data.number} の期限が過ぎました`,
        heading: 'ご注文の期限が過ぎました',
        paragraphs: [
          `ご注文 ${data.number} は期限内にお支払いがなかったため、商品のお取り置きを終了しました。ご請求はございません。`,
          'ご希望でしたら、もう一度ご注文ください。お支払いの間、商品をお取り置きいたします。',
        ],
        action: { label: 'ストアへ戻る', url: frame.publicUrl },
        footnote: 'このメールは、Maisonでご注文を始められた方にお送りしています。',
      }
    case 'DELIVERY_DELIVERED':
      return {
        subject: `ご注文 ${data.number} をお届けしました`,
        heading: 'お届けが完了しました',
        paragraphs: [`ご注文 ${data.number} のお荷物をお渡ししました。末永くご愛用いただければ幸いです。`],
        ...(frame.ordersUrl && { action: { label: 'ご注文を見る', url: frame.ordersUrl } }),
        footnote: 'お荷物が届いていない場合は、お客様窓口までご連絡ください。',
      }
    case 'IMPORT_COMPLETED':
      return {
        subject: data.failedRows > 0 ? 'インポート完了（エラーあり）' : 'インポート完了',
        heading: 'インポートが完了しました',
        paragraphs: [`ファイル「${data.fileName}」を最後まで読み込みました。`],
        facts: [
          { name: '商品', value: String(data.products) },
          { name: 'バリエーション', value: String(data.variants) },
          { name: '行', value: String(data.totalRows ?? 0) },
          { name: 'エラーの行', value: String(data.failedRows) },
        ],
        footnote: 'このメールは、インポートを開始された方にお送りしています。',
      }
    case 'IMPORT_FAILED':
      return {
        subject: 'インポートに失敗しました',
        heading: 'インポートに失敗しました',
        paragraphs: [`ファイル「${data.fileName}」を取り込めませんでした。`, data.reason],
        footnote: 'このメールは、インポートを開始された方にお送りしています。',
      }
  }
}

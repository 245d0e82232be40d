/** What a letter says, before it looks like anything. Paragraphs and facts are plain text. */
export interface LetterContent {
  subject: string
  heading: string
  paragraphs: readonly string[]
  /** Pairs of what and how much. */
  facts?: readonly { name: string; value: string }[]
  action?: { label: string; url: string }
  /** Why this came and what to do if it was not wanted. */
  footnote: string
}

/** What a letter's texts are made with besides its data. */
export interface LetterFrame {
  publicUrl: string
  /** Null for a guest, who has no page of orders. */
  ordersUrl: string | null
  verifyUrl: (tokenId: string) => string
  money: (currency: string, minorUnits: string) => string
}

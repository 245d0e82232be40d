import { Badge } from '#app/design/badge.tsx'
import type { PromotionState } from '#generated/graphql.ts'

const words: Readonly<Record<PromotionState, [string, 'plain' | 'good' | 'careful']>> = {
  RUNNING: ['Running', 'good'],
  SCHEDULED: ['To come', 'careful'],
  OFF: ['Switched off', 'plain'],
  ENDED: ['Ended', 'plain'],
}

export const promotionStates = Object.entries(words).map(([value, [label]]) => ({ value, label }))

export function PromotionStateBadge({ state }: { state: PromotionState }) {
  const [text, tone] = words[state]
  return <Badge tone={tone}>{text}</Badge>
}

import type { Appearance } from '@stripe/stripe-js'

/** The house's tokens in Stripe's words. Its frames do not see our style sheets, so the values are read and handed over. */
export function stripeAppearance(place: HTMLElement): Appearance {
  const styles = getComputedStyle(place)
  const token = (name: string) => styles.getPropertyValue(name).trim()
  const edge = { border: `1px solid ${token('--line-strong')}`, boxShadow: 'none' }
  return {
    theme: 'flat',
    variables: {
      colorPrimary: token('--ink'),
      colorBackground: token('--paper'),
      colorText: token('--ink'),
      colorTextSecondary: token('--ink-soft'),
      colorTextPlaceholder: token('--ink-faint'),
      colorDanger: token('--lacquer'),
      fontFamily: token('--font-text'),
      fontSizeBase: '16px',
      fontSizeSm: token('--text-s'),
      borderRadius: '0px',
      gridRowSpacing: token('--space-5'),
      gridColumnSpacing: token('--space-4'),
    },
    rules: {
      '.Input': { ...edge, padding: token('--space-3') },
      '.Input:focus': { ...edge, borderColor: token('--ink'), outline: `2px solid ${token('--ink')}` },
      '.Input--invalid': { ...edge, borderColor: token('--lacquer') },
      '.Tab': edge,
      '.Label': { color: token('--ink-soft') },
    },
  }
}

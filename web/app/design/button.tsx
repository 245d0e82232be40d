import type { ButtonHTMLAttributes } from 'react'

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** One `primary` per view. */
  kind?: 'primary' | 'plain' | 'text'
  size?: 'normal' | 'small'
  wide?: boolean
  /** The stitch runs while its request is under way; a second press is harmless, the action has a key. */
  pending?: boolean
}

export function Button({ kind = 'plain', size = 'normal', wide, pending, className, ...rest }: ButtonProps) {
  const names = [
    'button',
    kind !== 'plain' && `button-${kind}`,
    size === 'small' && 'button-small',
    wide && 'button-wide',
    className,
  ]
  return (
    <button
      type="submit"
      {...rest}
      className={names.filter(Boolean).join(' ')}
      data-pending={pending ? 'true' : undefined}
      aria-busy={pending || undefined}
    />
  )
}

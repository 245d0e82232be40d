import type { ReactNode } from 'react'

interface NoticeProps {
  tone?: 'plain' | 'good' | 'careful' | 'bad'
  title?: string
  children?: ReactNode
}

/** Something to know or to do, where it concerns. Bad news is read out at once, the rest when there is a pause. */
export function Notice({ tone = 'plain', title, children }: NoticeProps) {
  return (
    <div
      className={tone === 'plain' ? 'notice' : `notice notice-${tone}`}
      role={tone === 'bad' ? 'alert' : 'status'}
    >
      {title === undefined ? null : <p className="notice-title">{title}</p>}
      {typeof children === 'string' ? <p>{children}</p> : children}
    </div>
  )
}

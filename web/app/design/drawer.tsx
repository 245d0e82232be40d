import { useEffect, useId, useRef, type MouseEvent, type ReactNode } from 'react'
import { CloseIcon } from './icons.tsx'

interface DrawerProps {
  isOpen: boolean
  onClose(): void
  title: string
  closeLabel: string
  kind?: 'drawer' | 'modal'
  foot?: ReactNode
  children: ReactNode
}

/** The native dialog: focus stays in it, Escape closes it, the page behind is inert. */
export function Drawer({ isOpen, onClose, title, closeLabel, kind = 'drawer', foot, children }: DrawerProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const element = dialog.current
    if (element === null) return
    if (isOpen && !element.open) element.showModal()
    if (!isOpen && element.open) element.close()
  }, [isOpen])

  // A click on the backdrop is a click on the dialog itself, outside of everything in it.
  const closeOnBackdrop = (event: MouseEvent) => {
    if (event.target === dialog.current) onClose()
  }

  return (
    <dialog
      ref={dialog}
      className={`dialog ${kind}`}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={closeOnBackdrop}
    >
      <header className="dialog-head">
        <h2 id={titleId}>{title}</h2>
        <button type="button" className="button-icon" onClick={onClose} aria-label={closeLabel}>
          <CloseIcon />
        </button>
      </header>
      <div className="dialog-body">{children}</div>
      {foot === undefined ? null : <footer className="dialog-foot">{foot}</footer>}
    </dialog>
  )
}

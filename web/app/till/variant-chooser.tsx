import { useEffect, useState } from 'react'
import { Drawer } from '#app/design/drawer.tsx'
import { Notice } from '#app/design/notice.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'
import type { TillPiece } from './sale.ts'
import { askVariants, type NoAnswer, type VariantsAnswer } from './till-requests.ts'

interface VariantChooserProps {
  register: string
  /** The product that was touched; null when none is. */
  product: { slug: string; name: string } | null
  onAdd: (piece: TillPiece) => void
  onClose: () => void
}

/** Which form of the product: asked only when there are several. */
export function VariantChooser({ register, product, onAdd, onClose }: VariantChooserProps) {
  const { price } = useI18n()
  const [answer, setAnswer] = useState<{ slug: string; of: VariantsAnswer | NoAnswer } | null>(null)
  const slug = product?.slug ?? null

  useEffect(() => {
    if (slug === null) return
    let isWanted = true
    void askVariants(register, slug).then((of) => {
      if (!isWanted) return
      const only = of.kind === 'variants' && of.pieces.length === 1 ? of.pieces[0] : undefined
      if (only === undefined) setAnswer({ slug, of })
      else {
        onAdd(only)
        onClose()
      }
    })
    return () => {
      isWanted = false
    }
    // The callbacks are the page's; a product is asked about once per touch.
  }, [register, slug])

  const shown = answer !== null && answer.slug === slug ? answer.of : null
  return (
    <Drawer
      isOpen={shown !== null}
      onClose={onClose}
      title={product?.name ?? ''}
      closeLabel="Close"
      kind="modal"
    >
      {shown?.kind === 'variants' ? (
        <ul className="till-variants">
          {shown.pieces.map((piece) => (
            <li key={piece.variantId}>
              <button
                type="button"
                className="till-variant"
                onClick={() => {
                  onAdd(piece)
                  onClose()
                }}
              >
                <span className="till-thumb" style={{ backgroundColor: piece.color }}>
                  {piece.imageUrl === null ? null : <img src={piece.imageUrl} alt="" />}
                </span>
                <span>
                  {piece.label === '' ? piece.name : piece.label}
                  <br />
                  <span className="soft small">{piece.sku}</span>
                </span>
                <span className="number">{price(piece.price)}</span>
              </button>
            </li>
          ))}
          {shown.pieces.length === 0 ? (
            <li className="soft">No form of it is sold in this country.</li>
          ) : null}
        </ul>
      ) : shown === null ? null : (
        <Notice tone="bad">The till has no answer from the house. Close this and try again.</Notice>
      )}
    </Drawer>
  )
}

import { Picture, type PictureMedia } from '#app/design/picture.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'

interface ProductGalleryProps {
  name: string
  pictures: readonly (PictureMedia & { id: string })[]
}

/** All pictures at once, large: a strip to swipe on a phone, a wall beside the text on a desk. No script in it. */
export function ProductGallery({ name, pictures }: ProductGalleryProps) {
  const { t } = useI18n()
  return (
    <div
      className="gallery"
      role="region"
      aria-label={t('product.pictures', { name })}
      tabIndex={pictures.length > 1 ? 0 : undefined}
    >
      {pictures.map((picture, index) => (
        <figure key={picture.id} className="gallery-picture">
          <Picture
            media={picture}
            isFirst={index === 0}
            sizes={index === 0 ? '(min-width: 60rem) 58vw, 100vw' : '(min-width: 60rem) 29vw, 100vw'}
          />
        </figure>
      ))}
    </div>
  )
}

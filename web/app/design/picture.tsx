import { graphql } from '#generated/gql.ts'

// Every document that uses it has `$locale`.
graphql(`
  fragment MediaFields on Media {
    id
    alt(locale: $locale)
    width
    height
    placeholderColor
    derivatives {
      url
      width
      contentType
    }
  }
`)

/** A picture as the API gives it. */
export interface PictureMedia {
  alt: string
  width: number
  height: number
  placeholderColor: string
  derivatives: readonly { url: string; width: number; contentType: string }[]
}

interface PictureProps {
  media: PictureMedia
  /** How wide it is shown, as the `sizes` attribute says it. */
  sizes: string
  /** The first picture of a view: fetched at once, everything else when it comes near. */
  isFirst?: boolean
  className?: string
  /** Empty where the text beside it already says what it shows. */
  alt?: string
}

const formats = ['image/avif', 'image/webp']

/** Every size of every format that there is, with the space kept and the picture's own colour until it arrives. */
export function Picture({ media, sizes, isFirst = false, className, alt = media.alt }: PictureProps) {
  const rest = media.derivatives.filter((d) => !formats.includes(d.contentType))
  const fallback = rest.length > 0 ? rest : media.derivatives
  const largest = fallback.at(-1)
  const style = { backgroundColor: media.placeholderColor }
  if (largest === undefined)
    return (
      <div
        className={className}
        style={{ ...style, aspectRatio: `${media.width} / ${media.height}` }}
        role="img"
        aria-label={alt}
      />
    )
  return (
    <picture>
      {formats.map((type) => {
        const set = sourceSet(media.derivatives.filter((d) => d.contentType === type))
        return set === '' || fallback.some((d) => d.contentType === type) ? null : (
          <source key={type} type={type} srcSet={set} sizes={sizes} />
        )
      })}
      <img
        className={className}
        src={largest.url}
        srcSet={sourceSet(fallback)}
        sizes={sizes}
        width={media.width}
        height={media.height}
        alt={alt}
        style={style}
        loading={isFirst ? 'eager' : 'lazy'}
        fetchPriority={isFirst ? 'high' : 'auto'}
        decoding="async"
      />
    </picture>
  )
}

function sourceSet(derivatives: PictureMedia['derivatives']): string {
  return derivatives.map((d) => `${d.url} ${d.width}w`).join(', ')
}

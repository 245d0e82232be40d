import { useEffect, useId, useRef } from 'react'
import { Form, useFetcher } from 'react-router'
import { Picture } from '#app/design/picture.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'
import type { loader } from '#app/routes/store/search-suggestions.ts'
import { StoreLink } from './store-link.tsx'
import { useStorePath } from './use-store.ts'

interface SearchFormProps {
  query?: string
}

/** The search field. While an input method composes a word nothing is asked: half a kana finds nonsense. */
export function SearchForm({ query = '' }: SearchFormProps) {
  const { t, price } = useI18n()
  const path = useStorePath()
  const fetcher = useFetcher<typeof loader>()
  const id = useId()
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(pause.current), [])

  const ask = (text: string) => {
    const value = text.trim()
    clearTimeout(pause.current)
    pause.current = setTimeout(
      () => void fetcher.load(`${path('/search/suggestions')}?q=${encodeURIComponent(value)}`),
      140,
    )
  }

  const found = fetcher.data?.products ?? []
  return (
    <search className="stack">
      <Form className="search-form" action={path('/search')}>
        <label className="visually-hidden" htmlFor={id}>
          {t('search.label')}
        </label>
        <input
          id={id}
          type="search"
          name="q"
          defaultValue={query}
          placeholder={t('search.label')}
          maxLength={200}
          autoComplete="off"
          enterKeyHint="search"
          onInput={(event) => event.nativeEvent.isComposing || ask(event.currentTarget.value)}
          onCompositionEnd={(event) => ask(event.currentTarget.value)}
          autoFocus
        />
        <button className="button button-text" type="submit">
          {t('search.submit')}
        </button>
      </Form>
      <div aria-live="polite">
        {found.length === 0 ? null : (
          <ul className="suggestions" aria-label={t('search.suggestions')}>
            {found.map((product) => (
              <li key={product.id}>
                <StoreLink to={`/products/${product.slug}`}>
                  {product.media[0] === undefined ? (
                    <span className="suggestion-blank" />
                  ) : (
                    <Picture media={product.media[0]} sizes="4rem" alt="" />
                  )}
                  <span>
                    <span className="suggestion-name">{product.name}</span>
                    <br />
                    <span className="soft small number">
                      {product.priceRange === null ? '' : price(product.priceRange.min)}
                    </span>
                  </span>
                </StoreLink>
              </li>
            ))}
          </ul>
        )}
      </div>
    </search>
  )
}

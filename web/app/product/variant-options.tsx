import { Link } from 'react-router'
import { useI18n } from '#app/i18n/use-i18n.ts'
import type { ProductPageQuery } from '#generated/graphql.ts'
import { choicesOf } from './choose-variant.ts'

type Product = NonNullable<ProductPageQuery['product']>
type Option = Product['options'][number]
type Variant = Product['variants'][number]

interface VariantOptionsProps {
  options: readonly Option[]
  variants: readonly Variant[]
  chosen: Variant
}

/** Every choice is a link to the variant's own address. What is sold out can be looked at; what is not made cannot. */
export function VariantOptions({ options, variants, chosen }: VariantOptionsProps) {
  const { t } = useI18n()
  return options.map((option) => {
    const choices = choicesOf(variants, chosen, option)
    const current = option.values.find((value) =>
      choices.some((choice) => choice.isChosen && choice.value === value.code),
    )
    const hasSwatches = option.values.some((value) => value.swatch !== null)
    return (
      <div
        key={option.code}
        className="option"
        role="group"
        aria-label={t('product.choose', { option: option.name })}
      >
        <p>
          <span className="soft">{option.name}</span> {current?.name}
        </p>
        <ul className={hasSwatches ? 'option-values option-swatches' : 'option-values'}>
          {choices.map((choice) => {
            const value = option.values.find((each) => each.code === choice.value)
            if (value === undefined) return null
            const look = (
              <>
                {value.swatch === null ? null : (
                  <span className="swatch" style={{ backgroundColor: value.swatch }} />
                )}
                <span className={hasSwatches ? 'visually-hidden' : undefined}>{value.name}</span>
              </>
            )
            return (
              <li key={choice.value}>
                {choice.variantId === null ? (
                  <span
                    className="option-value"
                    aria-label={t('product.option-missing', { value: value.name })}
                    role="img"
                    data-missing=""
                  >
                    {look}
                  </span>
                ) : (
                  <Link
                    className="option-value"
                    to={`?variant=${choice.variantId}`}
                    replace
                    preventScrollReset
                    title={value.name}
                    aria-current={choice.isChosen ? 'true' : undefined}
                    aria-label={
                      choice.isInStock ? undefined : t('product.option-sold-out', { value: value.name })
                    }
                    data-sold-out={choice.isInStock ? undefined : ''}
                  >
                    {look}
                  </Link>
                )}
              </li>
            )
          })}
        </ul>
      </div>
    )
  })
}

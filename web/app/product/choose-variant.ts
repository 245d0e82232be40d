// Which variant the address means, and where each option value leads. Pure: the same on the server and in the browser.

export interface ChoosableVariant {
  id: string
  options: readonly { option: string; value: string }[]
  availability: { inStock: boolean } | null
}

export interface ValueChoice {
  value: string
  /** The variant that choosing it leads to; null when this combination is not made. */
  variantId: string | null
  isChosen: boolean
  isInStock: boolean
}

/** The variant of the address; else the first that can be bought; else the first. */
export function chooseVariant<V extends ChoosableVariant>(
  variants: readonly V[],
  wantedId: string | null,
): V | null {
  return (
    variants.find((variant) => variant.id === wantedId) ??
    variants.find((variant) => variant.availability?.inStock === true) ??
    variants[0] ??
    null
  )
}

/** Each value of an option with everything else as it is chosen now. */
export function choicesOf(
  variants: readonly ChoosableVariant[],
  chosen: ChoosableVariant,
  option: { code: string; values: readonly { code: string }[] },
): ValueChoice[] {
  const others = chosen.options.filter((each) => each.option !== option.code)
  return option.values.map(({ code }) => {
    const matches = (variant: ChoosableVariant) =>
      has(variant, option.code, code) && others.every((each) => has(variant, each.option, each.value))
    const target = variants.find(matches)
    return {
      value: code,
      variantId: target?.id ?? null,
      isChosen: has(chosen, option.code, code),
      isInStock: target?.availability?.inStock === true,
    }
  })
}

function has(variant: ChoosableVariant, option: string, value: string): boolean {
  return variant.options.some((each) => each.option === option && each.value === value)
}

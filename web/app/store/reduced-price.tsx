import { useI18n } from '#app/i18n/use-i18n.ts'
import './reduced-price.css'

interface Amount {
  currency: string
  amount: string
}

interface ReducedPriceProps {
  current: Amount
  /** The former price; null when it is not reduced. */
  compareAt: Amount | null
  /** The lowest of several. */
  isFrom?: boolean
}

/** A price, with the former one struck through beside it; who hears the page is told which is which. */
export function ReducedPrice({ current, compareAt, isFrom = false }: ReducedPriceProps) {
  const { t, price } = useI18n()
  const now = isFrom ? t('product.from', { price: price(current) }) : price(current)
  if (compareAt === null) return now
  return (
    <>
      <span className="visually-hidden">{t('product.price-now')} </span>
      <ins className="price-now">{now}</ins>{' '}
      <span className="visually-hidden">{t('product.former-price')} </span>
      <del className="price-former">{price(compareAt)}</del>
    </>
  )
}

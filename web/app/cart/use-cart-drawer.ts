import { createContext, use } from 'react'

interface CartDrawerControl {
  open(): void
  close(): void
}

export const CartDrawerContext = createContext<CartDrawerControl | null>(null)

export function useCartDrawer(): CartDrawerControl {
  const control = use(CartDrawerContext)
  if (control === null) throw new Error('useCartDrawer is for pages inside the store')
  return control
}

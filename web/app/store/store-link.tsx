import { Link, type LinkProps } from 'react-router'
import { useStorePath } from './use-store.ts'

interface StoreLinkProps extends Omit<LinkProps, 'to'> {
  /** Without language and market: `/cart`. */
  to: string
}

export function StoreLink({ to, ...rest }: StoreLinkProps) {
  return <Link {...rest} to={useStorePath()(to)} />
}

import { data } from 'react-router'

/** Any address that is no page: answered like a piece that is gone, inside the frame it was asked in. */
export function loader() {
  throw data(null, { status: 404 })
}

export default function Missing() {
  return null
}

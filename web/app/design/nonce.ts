import { createContext } from 'react'

/** The request's script nonce while rendering on the server; undefined in the browser, which hides it. */
export const NonceContext = createContext<string | undefined>(undefined)

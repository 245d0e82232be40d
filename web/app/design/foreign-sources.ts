import { createContext } from 'react-router'

/** What a page needs of others: hosts for the content security policy of its document, and of no other page's. */
export interface ForeignSources {
  scripts: readonly string[]
  frames: readonly string[]
  connections: readonly string[]
}

/** Set by the loader of a page that needs some; counts for the document only, so such a page is entered as one. */
export const foreignSourcesContext = createContext<ForeignSources>({
  scripts: [],
  frames: [],
  connections: [],
})

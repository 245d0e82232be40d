import { createContext } from 'react-router'

/** What the process that serves the web app knows about a request. */
export interface House {
  /** Absolute address of the API, such as `http://127.0.0.1:4000/graphql`. */
  graphqlUrl: string
  clientIp: string | null
  requestId: string
}

export const houseContext = createContext<House>()

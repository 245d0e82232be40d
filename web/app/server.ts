// What `web/build/server/index.js` offers to whoever serves the store: one function from Request to Response. It knows
// nothing of HTTP servers and reads no environment.
import { createRequestHandler, RouterContextProvider, type ServerBuild } from 'react-router'
import * as build from 'virtual:react-router/server-build'
import { houseContext, type House } from './session/house.ts'

const answer = createRequestHandler(build as ServerBuild, 'production')

/** Renders a page or runs an action. Never rejects for a caller's fault: those are 4xx responses. */
export function handle(request: Request, house: House): Promise<Response> {
  const context = new RouterContextProvider()
  context.set(houseContext, house)
  return answer(request, context)
}

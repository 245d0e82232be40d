// Apollo's gateway and server as their documentation starts them. `isCached`: with the response-cache plugin in memory.
import { ApolloGateway } from '@apollo/gateway'
import { ApolloServer } from '@apollo/server'
import responseCachePlugin from '@apollo/server-plugin-response-cache'
import { startStandaloneServer } from '@apollo/server/standalone'
import { ready, settings } from './report.ts'

const plugin = responseCachePlugin.default ?? responseCachePlugin
const server = new ApolloServer({
  gateway: new ApolloGateway({ supergraphSdl: settings.supergraph }),
  plugins: settings.isCached ? [plugin()] : [],
})
const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } })
ready(Number(new URL(url).port))

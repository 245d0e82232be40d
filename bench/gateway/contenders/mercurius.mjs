// Mercurius as a gateway, operations compiled by graphql-jit after their first use.
import mercuriusGateway from '@mercuriusjs/gateway'
import Fastify from 'fastify'
import { ready, settings } from './report.ts'

const app = Fastify()
app.register(mercuriusGateway, {
  jit: 1,
  gateway: {
    services: Object.entries(settings.subgraphs).map(([name, { url, sdl }]) => ({ name, url, schema: sdl })),
  },
})
await app.listen({ port: 0, host: '127.0.0.1' })
ready(app.server.address().port)

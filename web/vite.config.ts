import { reactRouter } from '@react-router/dev/vite'
import { defineConfig, type Plugin } from 'vite'

/**
 * Documents are for loaders and actions. In the browser `graphql()` gives nothing, so that no text of a query is ever
 * shipped, whatever module it is written in.
 */
const documentsStayHere: Plugin = {
  name: 'documents-stay-here',
  enforce: 'pre',
  load(id) {
    if (this.environment.name !== 'client' || !/\/generated\/gql\.ts$/.test(id)) return null
    return { code: 'export const graphql = /* @__PURE__ */ () => undefined', map: null }
  },
}

export default defineConfig({
  plugins: [documentsStayHere, reactRouter()],
  build: { target: 'es2022', assetsInlineLimit: 0 },
  environments: {
    // Our own entry instead of React Router's: the gateway hands it a Request and what it knows of the caller.
    ssr: { build: { rolldownOptions: { input: './app/server.ts' } } },
  },
})

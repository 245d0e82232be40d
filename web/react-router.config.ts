import type { Config } from '@react-router/dev/config'

export default {
  appDirectory: 'app',
  ssr: true,
  // The whole route table is small: sent once, so that a deployment never answers a question about routes.
  routeDiscovery: { mode: 'initial' },
} satisfies Config

import type { HouseSecrets } from './house-secrets.ts'

/** The subgraphs in the order of their ports. */
export const subgraphNames = ['users', 'catalog', 'cart', 'orders', 'payments', 'analytics'] as const

export type SubgraphName = (typeof subgraphNames)[number]

type Environment = Record<string, string | undefined>

/**
 * The environment of one subgraph of a house: what was given, the house's secrets where none was given, and where its
 * database, its port and the other processes are.
 */
export function subgraphEnvironment(options: {
  given: Environment
  secrets: HouseSecrets
  databaseUrl: string
  port: number
  publicUrl: string
  usersUrl: string
  dataFolder: string
  courierRef: string
}): Environment {
  const { given, secrets, publicUrl } = options
  return {
    ...secrets,
    DEFAULT_COURIER_REF: options.courierRef,
    SANDBOX_WEBHOOK_URL: `${publicUrl}/webhooks/sandbox`,
    PUBLIC_URL: publicUrl,
    // An example's account: the demo's transfers are confirmed by hand.
    BANK_ACCOUNT_HOLDER: 'Maison SA',
    BANK_IBAN: 'FR7630006000011234567890189',
    BANK_BIC: 'AGRIFRPP',
    DATABASE_POOL: '10',
    ...given,
    DATA_FOLDER: options.dataFolder,
    PORT: String(options.port),
    DATABASE_URL: options.databaseUrl,
    JWKS_URL: `${options.usersUrl}/.well-known/jwks.json`,
  }
}

/** The environment of the gateway of a house whose subgraphs listen at `urls`. */
export function gatewayEnvironment(options: {
  given: Environment
  secrets: HouseSecrets
  urls: Record<SubgraphName, string>
  port: number
  publicUrl: string
  dataFolder: string
}): Environment {
  const { given, secrets, urls, publicUrl } = options
  const routes = subgraphNames.map(
    (name) => [`SUBGRAPH_${name.toUpperCase()}_URL`, `${urls[name]}/graphql`] as const,
  )
  return {
    ...secrets,
    PUBLIC_URL: publicUrl,
    NODE_ENV: 'production',
    ...given,
    DATA_FOLDER: options.dataFolder,
    PORT: String(options.port),
    JWKS_URL: `${urls.users}/.well-known/jwks.json`,
    ...Object.fromEntries(routes),
  }
}

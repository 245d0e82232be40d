import { composeServices } from '@apollo/composition'
import { parse } from 'graphql'
import { subgraphNames, subgraphs } from './subgraphs.ts'

const hints = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external", "@provides", "@shareable", "@composeDirective"])
    @link(url: "https://maison.example/specs/cacheControl/v1.0", import: ["@cacheControl"])
    @composeDirective(name: "@cacheControl")
  directive @cacheControl(maxAge: Int!) on OBJECT | INTERFACE | UNION | FIELD_DEFINITION
`

/**
 * The supergraph of the four. `isCacheable`: with Maison's hints that everything may be kept for 60 s; without them
 * every request is executed.
 */
export function composeSupergraph(
  urls: Readonly<Record<string, string>>,
  options: { isCacheable: boolean },
): string {
  const composed = composeServices(
    subgraphNames.map((name) => {
      const { sdl } = subgraphs[name]
      return { name, url: urls[name] ?? '', typeDefs: parse(options.isCacheable ? withHints(sdl) : sdl) }
    }),
  )
  if (composed.supergraphSdl === undefined) throw new AggregateError(composed.errors, 'composition failed')
  return composed.supergraphSdl
}

/** The same schema in the second federation's language, where a directive can be carried into the supergraph. */
function withHints(sdl: string): string {
  return (
    hints +
    sdl
      .replaceAll(/extend type (Product|User)/g, 'type $1')
      .replaceAll(/(upc: String!|id: ID!) @external/g, '$1')
      .replace(/username: String(?! @external)/, 'username: String @shareable')
      .replaceAll(/type (Product|User|Review) (@key\([^)]*\))?/g, 'type $1 $2 @cacheControl(maxAge: 60)')
      .replace('product(upc: String!): Product', 'product(upc: String!): Product @cacheControl(maxAge: 60)')
  )
}

// What is asked.

/** A product page: 2 kB, four fetches. */
export const small = `query ProductPage($upc: String!, $seed: Int) {
  product(upc: $upc) {
    upc
    name(seed: $seed)
    price
    weight
    inStock(seed: $seed)
    shippingEstimate
    reviews {
      id
      body(seed: $seed)
      author {
        id
        name(seed: $seed)
      }
    }
  }
}`

/** The query federation gateways are commonly measured with: everything of everybody, six deep, more than 90 kB. */
export const heavy = `fragment User on User {
  id
  username
  name(seed: $seed)
}
fragment Review on Review {
  id
  body(seed: $seed)
}
fragment Product on Product {
  inStock(seed: $seed)
  name(seed: $seed)
  price
  shippingEstimate
  upc
  weight
}
query Nested($seed: Int) {
  users {
    ...User
    reviews {
      ...Review
      product {
        ...Product
        reviews {
          ...Review
          author {
            ...User
            reviews {
              ...Review
              product {
                ...Product
              }
            }
          }
        }
      }
    }
  }
  topProducts {
    ...Product
    reviews {
      ...Review
      author {
        ...User
        reviews {
          ...Review
          product {
            ...Product
          }
        }
      }
    }
  }
}`

/** As many products as asked for, each told of by all four subgraphs. */
export const shelf = `query Shelf($length: Int!, $seed: Int) {
  shelf(length: $length) {
    upc
    name(seed: $seed)
    price
    inStock(seed: $seed)
    shippingEstimate
    reviews {
      id
      author {
        id
        name(seed: $seed)
      }
    }
  }
}`

/** Little of one product: each seed is an address of its own. */
export const tiny = `query Tiny($upc: String!, $seed: Int) {
  product(upc: $upc) {
    upc
    name(seed: $seed)
    price
    weight
  }
}`

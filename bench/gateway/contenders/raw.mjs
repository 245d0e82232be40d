// node:http and nothing else: the bytes and headers of one of Maison's answers to everybody, 304 to who has them. What Node
// can do at most.
import { createServer } from 'node:http'
import { ready, settings } from './report.ts'

const { headers } = settings
const body = Buffer.from(settings.body)
const etag = '"the one that raw knows"'
const ofBody = ['content-type', 'content-length']
const withoutBody = headers.filter((_, index) => !ofBody.includes(headers[index - (index % 2)]))
const server = createServer((request, response) => {
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, withoutBody)
    response.end()
    return
  }
  response.writeHead(200, headers)
  response.end(body)
})
server.listen(0, '127.0.0.1', () => ready(server.address().port))

// node:http and nothing else: the same bytes to everybody, 304 to who has them. What Node can do at most.
import { createServer } from 'node:http'
import { ready, settings } from './report.ts'

const body = Buffer.from(settings.body)
const etag = '"2f1d9a54c0b7e83e"'
const common = ['cache-control', 'public, max-age=0, s-maxage=1', 'etag', etag, 'vary', 'accept-encoding']
const headers = [
  'content-type',
  'application/json; charset=utf-8',
  'content-length',
  String(body.length),
  ...common,
]
const server = createServer((request, response) => {
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, common)
    response.end()
    return
  }
  response.writeHead(200, headers)
  response.end(body)
})
server.listen(0, '127.0.0.1', () => ready(server.address().port))

// A process of its own, so that its end of the sockets counts for nobody else: opens connections, asks one thing on
// each, and keeps them. Arguments: port, how many. Tells its parent how many were answered.
import { connect } from 'node:net'

const [port = 0, wanted = 0] = process.argv.slice(2).map(Number)
let answered = 0
let failed = 0
let opened = 0

function openNext(): void {
  if (opened === wanted) return
  opened += 1
  const socket = connect(port, '127.0.0.1', () => {
    socket.write('GET /live HTTP/1.1\r\nhost: idle\r\n\r\n')
  })
  socket.once('data', () => {
    answered += 1
    settle()
  })
  socket.once('error', () => {
    failed += 1
    settle()
  })
}

function settle(): void {
  if (answered + failed === wanted) process.send?.({ answered, failed })
  else openNext()
}

process.on('disconnect', () => process.exit())
// So many at a time as fit in the queue of connections not yet accepted.
for (let count = 0; count < 100; count += 1) openNext()

import { expect, test } from 'vitest'
import { decideHold } from './hold.ts'

const minuteMs = 60_000
const at = (minutes: number) => new Date(Date.UTC(2030, 0, 1) + minutes * minuteMs)
const order = {
  placedAt: at(0),
  expiresAt: at(15),
  holdExtendedAt: null,
  reservationMs: 15 * minuteMs,
  bankTransferDays: null,
}

test('a payment online gives the time of a hold again, from now, once', () => {
  expect(decideHold({ ...order, now: at(10) })).toEqual({ kind: 'Extended', expiresAt: at(25) })
  expect(decideHold({ ...order, now: at(20), expiresAt: at(25), holdExtendedAt: at(10) })).toEqual({
    kind: 'Stays',
  })
})

test('a hold never gets shorter', () => {
  expect(decideHold({ ...order, now: at(1), reservationMs: minuteMs })).toEqual({
    kind: 'Extended',
    expiresAt: at(15),
  })
  expect(decideHold({ ...order, now: at(1), expiresAt: at(3 * 1440), bankTransferDays: 2 })).toMatchObject({
    expiresAt: at(3 * 1440),
  })
})

test('a bank transfer gives its days from the order, also after a payment online, and no more when it is begun again', () => {
  const transfer = { ...order, bankTransferDays: 5 }
  expect(decideHold({ ...transfer, now: at(14) })).toEqual({ kind: 'Extended', expiresAt: at(5 * 1440) })
  const late = { ...transfer, now: at(20), expiresAt: at(25), holdExtendedAt: at(10) }
  expect(decideHold(late)).toEqual({ kind: 'Extended', expiresAt: at(5 * 1440) })
  expect(decideHold({ ...late, now: at(1440), expiresAt: at(5 * 1440) })).toEqual({ kind: 'Stays' })
})

test.each([
  ['has ended', at(15)],
  ['was ended', null],
])('a hold that %s stays as it is', (_, expiresAt) => {
  expect(decideHold({ ...order, now: at(15), expiresAt })).toEqual({ kind: 'Stays' })
})

import { expect, test } from 'vitest'
import { createAdmission } from './admission.ts'

test('no more run at once than admitted, and they run in the order they came', async () => {
  const admission = createAdmission(2)
  const order: number[] = []
  let running = 0
  let most = 0
  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      admission.run(async () => {
        running += 1
        most = Math.max(most, running)
        order.push(index)
        await Promise.resolve()
        running -= 1
      }),
    ),
  )
  expect(most).toBe(2)
  expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index))
})

test('who waits too long is told to come again, and the next one still gets in', async () => {
  const admission = createAdmission(1, 1)
  const first = Promise.withResolvers<undefined>()
  const running = admission.run(() => first.promise)
  await expect(admission.run(() => Promise.resolve('never'))).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  first.resolve(undefined)
  await running
  await expect(admission.run(() => Promise.resolve('in'))).resolves.toBe('in')
})

test('a place is given back when the work fails', async () => {
  const admission = createAdmission(1)
  await expect(admission.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await expect(admission.run(() => Promise.resolve('in'))).resolves.toBe('in')
})

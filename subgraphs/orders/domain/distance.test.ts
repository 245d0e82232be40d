import { expect, test } from 'vitest'
import { distanceKm } from './distance.ts'

// As atlases have it, within a few hundred kilometres.
test.each([
  ['FR', 'GB', 300],
  ['FR', 'JP', 9700],
  ['US', 'FR', 5800],
  ['AU', 'US', 16000],
  ['CN', 'KR', 900],
])('from %s to %s it is about %i km, either way', (from, to, km) => {
  expect(Math.abs(distanceKm(from, to) - km)).toBeLessThanOrEqual(200)
  expect(distanceKm(to, from)).toBe(distanceKm(from, to))
})

test('a country is no way from itself, known or not, and infinitely far from nowhere', () => {
  expect([distanceKm('FR', 'FR'), distanceKm('ZZ', 'ZZ')]).toEqual([0, 0])
  expect([distanceKm('FR', 'ZZ'), distanceKm(null, 'FR'), distanceKm(null, null)]).toEqual([
    Infinity,
    Infinity,
    Infinity,
  ])
})

// How far goods travel: between the capitals, or what most is sent to, of two countries. A table of our own: good to a few
// hundred kilometres, which is enough to choose between warehouses and needs nobody's answer.

const places: Record<string, readonly [latitude: number, longitude: number]> = {
  AD: [42.5, 1.5],
  AE: [25.2, 55.3],
  AT: [48.2, 16.4],
  AU: [-33.9, 151.2],
  BE: [50.8, 4.4],
  BG: [42.7, 23.3],
  BH: [26.2, 50.6],
  BR: [-23.6, -46.6],
  CA: [43.7, -79.4],
  CH: [47.4, 8.5],
  CN: [31.2, 121.5],
  CY: [35.2, 33.4],
  CZ: [50.1, 14.4],
  DE: [50.1, 8.7],
  DK: [55.7, 12.6],
  EE: [59.4, 24.7],
  ES: [40.4, -3.7],
  FI: [60.2, 24.9],
  FR: [48.9, 2.4],
  GB: [51.5, -0.1],
  GR: [38.0, 23.7],
  HK: [22.3, 114.2],
  HR: [45.8, 16.0],
  HU: [47.5, 19.0],
  ID: [-6.2, 106.8],
  IE: [53.3, -6.3],
  IL: [32.1, 34.8],
  IN: [19.1, 72.9],
  IS: [64.1, -21.9],
  IT: [45.5, 9.2],
  JP: [35.7, 139.7],
  KR: [37.6, 127.0],
  KW: [29.4, 48.0],
  LI: [47.1, 9.5],
  LT: [54.7, 25.3],
  LU: [49.6, 6.1],
  LV: [56.9, 24.1],
  MA: [33.6, -7.6],
  MC: [43.7, 7.4],
  MO: [22.2, 113.5],
  MT: [35.9, 14.5],
  MX: [19.4, -99.1],
  MY: [3.1, 101.7],
  NL: [52.4, 4.9],
  NO: [59.9, 10.8],
  NZ: [-36.8, 174.8],
  OM: [23.6, 58.4],
  PH: [14.6, 121.0],
  PL: [52.2, 21.0],
  PT: [38.7, -9.1],
  QA: [25.3, 51.5],
  RO: [44.4, 26.1],
  SA: [24.7, 46.7],
  SE: [59.3, 18.1],
  SG: [1.4, 103.8],
  SI: [46.1, 14.5],
  SK: [48.1, 17.1],
  SM: [43.9, 12.4],
  TH: [13.8, 100.5],
  TR: [41.0, 29.0],
  TW: [25.0, 121.6],
  US: [40.7, -74.0],
  VN: [10.8, 106.7],
  ZA: [-26.2, 28.0],
}

const earthRadiusKm = 6371

/** Kilometres by the great circle, in whole hundreds; Infinity when one of the countries (ISO 3166) is not in the table. */
export function distanceKm(from: string | null, to: string | null): number {
  if (from !== null && from === to) return 0
  const start = from === null ? undefined : places[from]
  const end = to === null ? undefined : places[to]
  if (!start || !end) return Infinity
  const [startLatitude, endLatitude] = [toRadians(start[0]), toRadians(end[0])]
  const east = toRadians(end[1] - start[1])
  const half =
    Math.sin((endLatitude - startLatitude) / 2) ** 2 +
    Math.cos(startLatitude) * Math.cos(endLatitude) * Math.sin(east / 2) ** 2
  return Math.round((2 * earthRadiusKm * Math.asin(Math.sqrt(half))) / 100) * 100
}

const toRadians = (degrees: number): number => (degrees * Math.PI) / 180

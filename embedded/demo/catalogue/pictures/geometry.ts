/** Paths from points. Coordinates are those of the 1200 × 1500 picture; the light comes from the upper left. */

export type Point = readonly [x: number, y: number]
/** A corner and the radius it is rounded by. */
export type Corner = readonly [x: number, y: number, radius?: number]

export const round = (value: number): number => Math.round(value * 10) / 10
const whole = (x: number, y: number): string => `${Math.round(x)} ${Math.round(y)}`
const at = (x: number, y: number): string => `${round(x)} ${round(y)}`

export function polygon(corners: readonly Corner[]): string {
  return corners
    .map((corner, index) => {
      const before = corners[(index + corners.length - 1) % corners.length] ?? corner
      const after = corners[(index + 1) % corners.length] ?? corner
      const enter = towards(corner, before, corner[2] ?? 0)
      const leave = towards(corner, after, corner[2] ?? 0)
      const start = `${index === 0 ? 'M' : 'L'}${at(...enter)}`
      return corner[2] ? `${start}Q${at(corner[0], corner[1])} ${at(...leave)}` : start
    })
    .join('')
    .concat('Z')
}

function towards(from: Corner, to: Corner, distance: number): Point {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1
  const part = Math.min(distance, length / 2) / length
  return [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part]
}

/** The same outline, `by` pixels further in on every side of its bounding box: where a seam runs. */
export function inset(corners: readonly Corner[], by: number): Corner[] {
  const xs = corners.map(([x]) => x)
  const ys = corners.map(([, y]) => y)
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const [cx, cy] = [(left + right) / 2, (top + bottom) / 2]
  const [sx, sy] = [1 - (2 * by) / (right - left), 1 - (2 * by) / (bottom - top)]
  return corners.map(([x, y, r = 0]) => [cx + (x - cx) * sx, cy + (y - cy) * sy, Math.max(0, r - by / 2)])
}

/** A curve through every point (Catmull–Rom); a point with radius 0 is a sharp corner. */
export function curve(points: readonly Corner[], closed = true): string {
  const count = points.length
  const get = (index: number): Corner =>
    points[closed ? (index + count) % count : Math.max(0, Math.min(count - 1, index))] ?? [0, 0]
  let d = `M${at(get(0)[0], get(0)[1])}`
  for (let index = 0; index < (closed ? count : count - 1); index++) {
    const [p0, p1, p2, p3] = [get(index - 1), get(index), get(index + 1), get(index + 2)]
    const out = p1[2] === 0 ? 0 : 1 / 6
    const into = p2[2] === 0 ? 0 : 1 / 6
    const first = at(p1[0] + (p2[0] - p0[0]) * out, p1[1] + (p2[1] - p0[1]) * out)
    const second = at(p2[0] - (p3[0] - p1[0]) * into, p2[1] - (p3[1] - p1[1]) * into)
    d += `C${first} ${second} ${at(p2[0], p2[1])}`
  }
  return closed ? `${d}Z` : d
}

/** The outline mirrored at x = 600: give the right half from top to bottom, get the whole. */
export function mirrored(half: readonly Corner[]): Corner[] {
  const left = half.map(([x, y, r]): Corner => (r === undefined ? [1200 - x, y] : [1200 - x, y, r]))
  return [...half, ...left.reverse()]
}

export function ellipse(cx: number, cy: number, rx: number, ry: number): string {
  return `M${at(cx - rx, cy)}A${round(rx)} ${round(ry)} 0 1 1 ${at(cx + rx, cy)}A${round(rx)} ${round(ry)} 0 1 1 ${at(cx - rx, cy)}Z`
}

/** A slim lens from one point to another, bowed sideways: a fold of cloth, a highlight. */
export function lens(from: Point, to: Point, width: number, bow = 0): string {
  const [mx, my] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1
  const [nx, ny] = [-(to[1] - from[1]) / length, (to[0] - from[0]) / length]
  const one = whole(mx + nx * (bow + width), my + ny * (bow + width))
  const two = whole(mx + nx * (bow - width), my + ny * (bow - width))
  return `M${whole(...from)}Q${one} ${whole(...to)}Q${two} ${whole(...from)}Z`
}

export function move(dx: number, dy: number, markup: string): string {
  return `<g transform="translate(${round(dx)} ${round(dy)})">${markup}</g>`
}

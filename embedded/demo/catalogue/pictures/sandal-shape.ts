import { curve, polygon } from './geometry.ts'
import { form, metalLine, strap, tonesOf } from './primitives.ts'
import type { Drawn, Look } from './primitives.ts'
import { darkSole, ground, lining, staged, stiletto } from './shoe-shapes.ts'

function sandal(look: Look): Drawn {
  const flat = look.has('flat')
  const lift = flat ? 30 : 214
  const seat = ground - lift
  const bed = flat
    ? polygon([
        [232, ground - 34, 12],
        [950, ground - 40, 14],
        [950, ground - 4, 10],
        [244, ground - 4, 14],
      ])
    : `M232 ${ground - 26}C330 ${ground - 20} 420 ${ground - 18} 490 ${ground - 34}C600 ${ground - 60} 680 ${seat - 8} 800 ${seat - 22}H936V${seat}H800C680 ${seat + 22} 600 ${ground - 20} 490 ${ground - 4}C400 ${ground + 4} 300 ${ground} 240 ${ground - 10}Z`
  const inner: Look = { ...look, tones: tonesOf(look.tones.dark) }
  const band = (x: number): { far: string; near: string } => ({
    far: form(
      inner,
      curve([
        [x + 50, ground - 108, 0],
        [x + 104, ground - 118, 0],
        [x + 136, ground - 84],
        [x + 146, ground - 40, 0],
        [x + 100, ground - 34, 0],
        [x + 90, ground - 76],
      ]),
      { depth: 16 },
    ),
    near: form(
      look,
      curve([
        [x, ground - 18, 0],
        [x + 10, ground - 72],
        [x + 50, ground - 108, 0],
        [x + 104, ground - 118, 0],
        [x + 68, ground - 82],
        [x + 60, ground - 18, 0],
      ]),
      { depth: 22 },
    ),
  })
  const bands = (flat ? [270, 380] : [264, 356]).map(band)
  const ankle = seat - (flat ? 120 : 170)
  const far = `M770 ${ankle + 18}C820 ${ankle - 22} 900 ${ankle - 22} 926 ${ankle + 10}`
  const near = `M770 ${ankle + 18}C800 ${ankle + 56} 890 ${ankle + 48} 926 ${ankle + 10}`
  const counter = `M926 ${seat - 12}C950 ${seat - 90} 940 ${ankle + 60} 926 ${ankle + 4}`
  const art =
    strap(look, far, 14, look.tones, false) +
    (flat ? '' : stiletto(look, lift, look.has('block'))) +
    bands.map(({ far: behind }) => behind).join('') +
    form(look, bed, { depth: 20, tones: lining, material: 'smooth' }) +
    (flat
      ? form(
          look,
          polygon([
            [232, ground - 14, 6],
            [950, ground - 16, 8],
            [946, ground, 8],
            [250, ground, 10],
          ]),
          { tones: darkSole, material: 'smooth', depth: 8 },
        )
      : '') +
    bands.map(({ near: before }) => before).join('') +
    (look.has('cross')
      ? strap(
          look,
          `M520 ${ground - 44}C600 ${ground - 230} 700 ${ankle + 60} 786 ${ankle + 24}`,
          20,
          look.tones,
          false,
        )
      : '') +
    strap(look, counter, 22, look.tones, false) +
    strap(look, near, 18, look.tones, false) +
    metalLine(
      look,
      polygon([
        [820, ankle + 28, 5],
        [856, ankle + 30, 5],
        [856, ankle + 64, 5],
        [820, ankle + 62, 5],
      ]),
      6,
    )
  return staged(look, art, flat ? [400, ground - 90] : [830, ankle + 40])
}

export const sandalShapes = { sandal }

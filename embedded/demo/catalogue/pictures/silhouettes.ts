import { accessoryShapes } from './accessory-shapes.ts'
import { adornmentShapes } from './adornment-shapes.ts'
import { bagShapes } from './bag-shapes.ts'
import { drapedShapes } from './draped-shapes.ts'
import { flatShoeShapes } from './flat-shoe-shapes.ts'
import { gownShapes } from './gown-shapes.ts'
import { headAndHandShapes } from './head-and-hand-shapes.ts'
import { jewelleryShapes } from './jewellery-shapes.ts'
import { knitShapes } from './knit-shapes.ts'
import { sandalShapes } from './sandal-shape.ts'
import { shoeShapes } from './shoe-shapes.ts'
import { smallShapes } from './small-shapes.ts'
import { softBagShapes } from './soft-bag-shapes.ts'
import { tailoredShapes } from './tailored-shapes.ts'
import type { Drawn, Look } from './primitives.ts'

/** Every silhouette the catalogue may name. */
export const silhouettes: Readonly<Record<string, (look: Look) => Drawn>> = {
  ...bagShapes,
  ...jewelleryShapes,
  ...smallShapes,
  ...accessoryShapes,
  ...softBagShapes,
  ...flatShoeShapes,
  ...knitShapes,
  ...headAndHandShapes,
  ...adornmentShapes,
  ...gownShapes,
  ...sandalShapes,
  ...shoeShapes,
  ...tailoredShapes,
  ...drapedShapes,
}

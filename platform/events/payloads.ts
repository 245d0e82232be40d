import { z } from 'zod'

/** An amount in minor units as a decimal string: JSON has no bigint, and a double loses cents above 2^53. */
export const minorUnits = z.string().regex(/^-?(?:0|[1-9]\d{0,18})$/, 'not a whole amount in minor units')

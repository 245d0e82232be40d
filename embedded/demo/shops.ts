// The boutiques, warehouses and tills of the demo house. The ids are fixed, so that a browser's bookmark and a till's
// setting survive a reset.

export const demoShops = [
  {
    id: '0190a000-0000-7000-8000-00000000a001',
    code: 'PAR-01',
    name: 'Maison Paris, rue Saint-Honoré',
    market: 'FR',
    timezone: 'Europe/Paris',
    registers: [{ id: '0190a000-0000-7000-8000-00000000b001', code: 'PAR-01-1' }],
  },
  {
    id: '0190a000-0000-7000-8000-00000000a002',
    code: 'TYO-01',
    name: 'Maison Tokyo, Ginza',
    market: 'JP',
    timezone: 'Asia/Tokyo',
    registers: [{ id: '0190a000-0000-7000-8000-00000000b002', code: 'TYO-01-1' }],
  },
] as const

/** A boutique's warehouse has its code; the others serve the web. Lower priority is taken first. */
export const demoWarehouses = [
  {
    id: '0190a000-0000-7000-8000-00000000c001',
    code: 'PAR-DC',
    shopCode: null,
    country: 'FR',
    priority: 1,
    markets: ['FR', 'DE', 'GB', 'US'],
  },
  {
    id: '0190a000-0000-7000-8000-00000000c002',
    code: 'SHA-DC',
    shopCode: null,
    country: 'CN',
    priority: 1,
    markets: ['CN', 'JP'],
  },
  {
    id: '0190a000-0000-7000-8000-00000000c003',
    code: 'PAR-01',
    shopCode: 'PAR-01',
    country: 'FR',
    priority: 9,
    markets: ['FR'],
  },
  {
    id: '0190a000-0000-7000-8000-00000000c004',
    code: 'TYO-01',
    shopCode: 'TYO-01',
    country: 'JP',
    priority: 9,
    markets: ['JP'],
  },
] as const

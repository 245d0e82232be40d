/** Codes for the demo's promotion that needs one: for everybody once each, and one that is soon used up. */
export const demoVouchers = [
  { code: 'WELCOME', limit: null, perCustomerLimit: 1 },
  { code: 'FIRSTTEN', limit: 10, perCustomerLimit: null },
] as const

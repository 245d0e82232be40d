/** The password of every person of the demo house. */
export const demoPassword = 'maison-demo'

/** Whom one can sign in as, and what that person is. */
export const demoSignIns = [
  { email: 'camille@maison.example', is: 'a customer' },
  { email: 'clerk@maison.example', is: 'a clerk of Maison Paris' },
  { email: 'manager@maison.example', is: 'the manager of Maison Paris' },
  { email: 'merchandiser@maison.example', is: 'keeps the catalogue' },
  { email: 'executive@maison.example', is: 'reads the figures' },
  { email: 'support@maison.example', is: 'helps customers' },
  { email: 'courier@maison.example', is: 'brings parcels' },
  { email: 'admin@maison.example', is: 'may do everything' },
] as const

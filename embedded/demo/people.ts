import type { StaffRole } from '#subgraphs/users/usecases/create-staff.ts'
import { demoShops } from './shops.ts'
import { demoPassword } from './sign-ins.ts'

const [paris] = demoShops

/** The customers of the demo house; accounts like any other. */
export const demoCustomers = [
  {
    id: '0190a000-0000-7000-8000-00000000d001',
    email: 'camille@maison.example',
    password: demoPassword,
    givenName: 'Camille',
    familyName: 'Moreau',
    locale: 'fr',
  },
] as const

/** Who works in the demo house. The ids are fixed, so that sessions and deliveries survive a reset. */
export const demoStaff = [
  staff('d002', 'clerk', ['CLERK'], 'Léa', 'Fontaine', [paris.id]),
  staff('d003', 'manager', ['SHOP_MANAGER', 'CLERK'], 'Henri', 'Vasseur', [paris.id]),
  staff('d004', 'merchandiser', ['MERCHANDISER'], 'Aiko', 'Tanaka'),
  staff('d005', 'executive', ['EXECUTIVE'], 'Beatrice', 'Lindqvist'),
  staff('d006', 'support', ['SUPPORT'], 'Samuel', 'Okafor'),
  staff('d007', 'courier', ['COURIER'], 'Nadia', 'Benali'),
  staff('d008', 'admin', ['ADMIN'], 'Wei', 'Zhang'),
]

/** Who gets the parcels of the demo house. */
export const courierRef = '0190a000-0000-7000-8000-00000000d007'

function staff(
  ending: string,
  name: string,
  roles: readonly StaffRole[],
  givenName: string,
  familyName: string,
  shopIds: readonly string[] = [],
) {
  return {
    id: `0190a000-0000-7000-8000-00000000${ending}`,
    email: `${name}@maison.example`,
    password: demoPassword,
    roles,
    givenName,
    familyName,
    locale: 'en' as const,
    shopIds,
  }
}

export const stockRoles = ['SHOP_MANAGER', 'MERCHANDISER'] as const

export const merchandiseRoles = ['MERCHANDISER'] as const

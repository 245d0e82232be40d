export const supportRoles = ['SUPPORT'] as const

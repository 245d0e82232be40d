import type { otherWaysEn } from './other-ways-en.ts'

export const otherWaysFr: Record<keyof typeof otherWaysEn, string> = {
  'checkout.other-way': 'Commander et payer par carte cadeau, avoir ou virement',
  'pay.other-title': 'Autres moyens de paiement',
  'pay.gift-card': 'Code de la carte cadeau',
  'pay.gift-card-use': 'Utiliser la carte cadeau',
  'pay.store-credit-use': 'Utiliser votre avoir de {amount}',
  'pay.transfer-use': 'Payer par virement',
  'pay.transfer-hint': 'Vos pièces sont réservées le temps du virement. Nous vous écrirons à sa réception.',
  'pay.transfer-to': 'Merci de virer {amount}',
  'pay.transfer-holder': 'À',
  'pay.transfer-reference': 'Référence',
  'pay.other.not-found': 'Aucune carte cadeau ne porte ce code. Vérifiez-le.',
  'pay.other.empty': 'Il ne reste rien qui puisse payer cette commande.',
  'pay.other.too-many':
    'Trop de codes ont été essayés. Réessayez plus tard ou adressez-vous à notre service client.',
  'pay.other.not-offered': 'Les virements ne sont pas acceptés ici. Choisissez un autre moyen.',
  'pay.other.unavailable':
    'Ce n’est pas possible pour le moment. Vos pièces restent réservées : réessayez dans un instant.',
}

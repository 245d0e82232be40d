import type { payEn } from './pay-en.ts'

export const payFr: Record<keyof typeof payEn, string> = {
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
  'pay.title': 'Payer la commande {number}',
  'pay.held-until': 'Vos pièces sont réservées jusqu’à {time}.',
  'pay.held-left': 'Réservé pour vous encore {minutes}:{seconds}',
  'pay.expired-title': 'Le délai est passé',
  'pay.expired':
    'Les pièces de la commande {number} sont de nouveau libres, rien n’a été débité. Vous pouvez les commander à nouveau.',
  'pay.failed-title': 'Le paiement a été refusé',
  'pay.failed.card_declined':
    'Votre banque a refusé la carte. Prenez une autre carte ou contactez votre banque.',
  'pay.failed.insufficient_funds': 'Cette carte n’est pas assez approvisionnée. Prenez une autre carte.',
  'pay.failed.incorrect_number': 'Le numéro de la carte n’est pas exact. Merci de le vérifier.',
  'pay.failed.authentication_failed':
    'Le paiement n’a pas été confirmé à la banque. Réessayez ou prenez une autre carte.',
  'pay.failed.other': 'Le paiement n’a pas abouti. Prenez une autre carte ou réessayez.',
  'pay.cancel': 'Annuler la commande',
  'pay.canceled-title': 'La commande est annulée',
  'pay.canceled': 'La commande {number} a été annulée ; rien n’a été débité.',
  'pay.again': 'Réessayer',
  'pay.card-title': 'Votre carte',
  'pay.card-loading': 'Le formulaire de votre carte arrive.',
  'pay.needs-script':
    'La carte est prise par {provider} dans un cadre à part, qui demande JavaScript. Activez-le et rechargez cette page.',
}

import type { LetterContent, LetterFrame } from './letter-content.ts'
import type { LetterData } from './letter-data.ts'
import { orderFacts } from './write-in-english.ts'

export function writeInFrench(data: LetterData, frame: LetterFrame): LetterContent {
  switch (data.kind) {
    case 'EMAIL_VERIFICATION':
      return {
        subject: 'Confirmez votre adresse',
        heading: 'Bienvenue chez Maison',
        paragraphs: [
          'Confirmez votre adresse et votre compte est prêt. Le lien sert une fois, pendant 24 heures.',
        ],
        action: { label: 'Confirmer l’adresse', url: frame.verifyUrl(data.tokenId) },
        footnote:
          'Si vous n’avez pas demandé de compte, ignorez cette lettre : sans le lien, rien ne se passe.',
      }
    case 'ACCOUNT_EXISTS':
      return {
        subject: 'Vous avez déjà un compte',
        heading: 'Vous êtes déjà des nôtres',
        paragraphs: [
          'Quelqu’un, sans doute vous, s’est inscrit avec cette adresse. Elle a déjà un compte : connectez-vous comme d’habitude.',
        ],
        action: { label: 'Se connecter', url: `${frame.publicUrl}/sign-in` },
        footnote: 'Si ce n’était pas vous, il n’y a rien à faire : votre compte n’a pas changé.',
      }
    case 'ORDER_CONFIRMED':
      return {
        subject: `Votre commande ${data.number}`,
        heading: 'Merci de votre commande',
        paragraphs: [
          `Votre commande ${data.number} est payée et se prépare. Nous vous écrirons quand elle sera arrivée.`,
        ],
        facts: orderFacts(data, frame, 'Total'),
        ...(frame.ordersUrl && { action: { label: 'Voir vos commandes', url: frame.ordersUrl } }),
        footnote: 'Vous recevez cette lettre parce que vous avez commandé chez Maison.',
      }
    case 'ORDER_EXPIRED':
      return {
        subject: `Votre commande ${data.number} a expiré`,
        heading: 'Votre commande a expiré',
        paragraphs: [
          `Votre commande ${data.number} n’a pas été payée à temps : ses pièces sont de nouveau libres. Rien n’a été débité.`,
          'Si elles vous plaisent toujours, commandez à nouveau : nous les gardons pendant que vous payez.',
        ],
        action: { label: 'Retour à la boutique', url: frame.publicUrl },
        footnote: 'Vous recevez cette lettre parce que vous avez commencé une commande chez Maison.',
      }
    case 'DELIVERY_DELIVERED':
      return {
        subject: `Votre commande ${data.number} est arrivée`,
        heading: 'Votre colis est arrivé',
        paragraphs: [
          `Le colis de votre commande ${data.number} a été remis. Nous espérons qu’il vous ravira.`,
        ],
        ...(frame.ordersUrl && { action: { label: 'Voir vos commandes', url: frame.ordersUrl } }),
        footnote: 'Si vous ne l’avez pas reçu, écrivez à notre service clients.',
      }
    case 'IMPORT_COMPLETED':
      return {
        subject: data.failedRows > 0 ? 'Import terminé, avec des erreurs' : 'Import terminé',
        heading: 'Votre import est terminé',
        paragraphs: [`Le fichier « ${data.fileName} » a été lu jusqu’au bout.`],
        facts: [
          { name: 'Produits', value: String(data.products) },
          { name: 'Variantes', value: String(data.variants) },
          { name: 'Lignes', value: String(data.totalRows ?? 0) },
          { name: 'Lignes en erreur', value: String(data.failedRows) },
        ],
        footnote: 'Vous recevez cette lettre parce que vous avez lancé l’import.',
      }
    case 'IMPORT_FAILED':
      return {
        subject: 'Votre import a échoué',
        heading: 'Votre import a échoué',
        paragraphs: [`Le fichier « ${data.fileName} » n’a pas pu être importé.`, data.reason],
        footnote: 'Vous recevez cette lettre parce que vous avez lancé l’import.',
      }
  }
}

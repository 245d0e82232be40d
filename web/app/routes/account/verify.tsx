import { data, Form, redirect, useNavigation } from 'react-router'
import { mergeCart } from '#app/cart/change-cart.server.ts'
import { Button } from '#app/design/button.tsx'
import { Notice } from '#app/design/notice.tsx'
import { readText } from '#app/forms/read-text.ts'
import { readForm } from '#app/forms/read-form.server.ts'
import { execute } from '#app/graphql/execute.server.ts'
import { toolsFor, useI18n } from '#app/i18n/use-i18n.ts'
import { getSession } from '#app/session/session.server.ts'
import { pageMeta } from '#app/store/page-meta.ts'
import { placeOf } from '#app/store/place.server.ts'
import { StoreLink } from '#app/store/store-link.tsx'
import { graphql } from '#generated/gql.ts'
import type { Route } from './+types/verify'

const VerifyEmail = graphql(`
  mutation VerifyEmail($token: String!) {
    verifyEmail(token: $token) {
      __typename
      ... on SignInSuccess {
        session {
          ...SessionFields
        }
      }
    }
  }
`)

export const meta: Route.MetaFunction = ({ params }) =>
  pageMeta(undefined, { title: `${toolsFor(params.locale, params.market).t('verify.title')} · Maison` })

export function loader({ params, request }: Route.LoaderArgs) {
  placeOf(params, request)
  return { token: new URL(request.url).searchParams.get('token') ?? '' }
}

// A press, not the visit, uses the link up: programs that look into mails would spend it.
export async function action({ params, context, request }: Route.ActionArgs) {
  const { base } = placeOf(params)
  const token = readText(await readForm(request), 'token')
  const { verifyEmail } = await execute(context, VerifyEmail, { token })
  if (verifyEmail.__typename !== 'SignInSuccess')
    return data({ problem: verifyEmail.__typename }, { status: 400 })
  getSession(context).signIn(verifyEmail.session)
  await mergeCart(context)
  return redirect(`${base}/account`)
}

export default function VerifyPage({ loaderData, actionData }: Route.ComponentProps) {
  const { t } = useI18n()
  const isPending = useNavigation().state !== 'idle'
  return (
    <div className="wrap wrap-narrow">
      <header className="page-head">
        <h1>{t('verify.title')}</h1>
        <p>{t('verify.text')}</p>
      </header>
      <Form method="post" className="form">
        {actionData === undefined ? null : (
          <Notice tone="bad">
            <p>{t('verify.TokenInvalidError')}</p>
            <p>
              <StoreLink to="/sign-in">{t('sign-in.submit')}</StoreLink>
            </p>
          </Notice>
        )}
        <input type="hidden" name="token" value={loaderData.token} />
        <Button kind="primary" wide pending={isPending}>
          {t('verify.submit')}
        </Button>
      </Form>
    </div>
  )
}

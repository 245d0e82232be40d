import { data, Form, redirect, useNavigation } from 'react-router'
import { mergeCart } from '#app/cart/change-cart.server.ts'
import { Button } from '#app/design/button.tsx'
import { Field } from '#app/design/field.tsx'
import { Notice } from '#app/design/notice.tsx'
import { readText } from '#app/forms/read-text.ts'
import { readForm } from '#app/forms/read-form.server.ts'
import { execute } from '#app/graphql/execute.server.ts'
import { toolsFor, useI18n } from '#app/i18n/use-i18n.ts'
import { areaOf, nextPath } from '#app/session/next-path.ts'
import { getSession } from '#app/session/session.server.ts'
import { pageMeta } from '#app/store/page-meta.ts'
import { placeOf } from '#app/store/place.server.ts'
import { StoreLink } from '#app/store/store-link.tsx'
import { graphql } from '#generated/gql.ts'
import type { Route } from './+types/sign-in'
import './account.css'

const SignIn = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      __typename
      ... on SignInSuccess {
        session {
          ...SessionFields
        }
      }
      ... on TooManyAttemptsError {
        retryAfterSeconds
      }
    }
  }
`)

export const meta: Route.MetaFunction = ({ params }) =>
  pageMeta(undefined, { title: `${toolsFor(params.locale, params.market).t('sign-in.title')} · Maison` })

export function loader({ params, request }: Route.LoaderArgs) {
  placeOf(params, request)
  return { next: nextPath(new URL(request.url).searchParams.get('next')) }
}

export async function action({ params, context, request }: Route.ActionArgs) {
  const place = placeOf(params)
  const form = await readForm(request)
  const email = readText(form, 'email')
  const password = passwordOf(form)
  const device = (request.headers.get('user-agent') ?? '').slice(0, 200)
  const { signIn } = await execute(context, SignIn, { input: { email, password, device } })
  if (signIn.__typename !== 'SignInSuccess') {
    const seconds = signIn.__typename === 'TooManyAttemptsError' ? signIn.retryAfterSeconds : 0
    return data({ email, problem: signIn.__typename, seconds }, { status: 401 })
  }
  getSession(context).signIn(signIn.session)
  await mergeCart(context)
  const next = nextPath(new URL(request.url).searchParams.get('next'))
  return redirect(next ?? areaOf(signIn.session.user.roles) ?? `${place.base}/account`)
}

/** As typed: space around a password belongs to it. */
function passwordOf(form: FormData): string {
  const password = form.get('password')
  return typeof password === 'string' ? password : ''
}

export default function SignInPage({ actionData, loaderData }: Route.ComponentProps) {
  const { t } = useI18n()
  const isPending = useNavigation().state !== 'idle'
  return (
    <div className="wrap wrap-narrow">
      <header className="page-head">
        <h1>{t('sign-in.title')}</h1>
        {loaderData.next === null ? null : <p>{t('sign-in.next')}</p>}
      </header>
      <Form method="post" className="form">
        {actionData === undefined ? null : (
          <Notice tone="bad">{t(`sign-in.${actionData.problem}`, { seconds: actionData.seconds })}</Notice>
        )}
        <Field
          label={t('sign-in.email')}
          name="email"
          type="email"
          autoComplete="username"
          required
          maxLength={254}
          defaultValue={actionData?.email}
        />
        <Field
          label={t('sign-in.password')}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          maxLength={128}
        />
        <Button kind="primary" wide pending={isPending}>
          {t('sign-in.submit')}
        </Button>
        <p>
          {t('sign-in.no-account')} <StoreLink to="/sign-up">{t('sign-in.make-account')}</StoreLink>
        </p>
      </Form>
    </div>
  )
}

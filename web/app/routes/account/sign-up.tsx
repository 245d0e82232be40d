import { data, Form, useNavigation } from 'react-router'
import { Button } from '#app/design/button.tsx'
import { Field } from '#app/design/field.tsx'
import { Notice } from '#app/design/notice.tsx'
import { readText } from '#app/forms/read-text.ts'
import { readForm } from '#app/forms/read-form.server.ts'
import { execute } from '#app/graphql/execute.server.ts'
import { toolsFor, useI18n } from '#app/i18n/use-i18n.ts'
import { pageMeta } from '#app/store/page-meta.ts'
import { placeOf } from '#app/store/place.server.ts'
import { StoreLink } from '#app/store/store-link.tsx'
import { graphql } from '#generated/gql.ts'
import type { Route } from './+types/sign-up'
import './account.css'

const SignUp = graphql(`
  mutation SignUp($input: SignUpInput!) {
    signUp(input: $input) {
      __typename
      ... on SignUpSuccess {
        email
      }
      ... on InvalidInputError {
        field
        message
      }
    }
  }
`)

export const meta: Route.MetaFunction = ({ params }) =>
  pageMeta(undefined, { title: `${toolsFor(params.locale, params.market).t('sign-up.title')} · Maison` })

export function loader({ params, request }: Route.LoaderArgs) {
  placeOf(params, request)
  return null
}

export async function action({ params, context, request }: Route.ActionArgs) {
  const { locale } = placeOf(params)
  const form = await readForm(request)
  const values = {
    email: readText(form, 'email'),
    givenName: readText(form, 'givenName'),
    familyName: readText(form, 'familyName'),
  }
  const password = form.get('password') // as typed: space around it belongs to it
  const input = {
    email: values.email,
    password: typeof password === 'string' ? password : '',
    givenName: values.givenName || null,
    familyName: values.familyName || null,
    locale,
  }
  const { signUp } = await execute(context, SignUp, { input })
  if (signUp.__typename === 'SignUpSuccess') return { sentTo: signUp.email, values, field: '', detail: null }
  const isWeak = signUp.__typename === 'WeakPasswordError'
  return data(
    {
      sentTo: null,
      values,
      field: isWeak ? 'password' : signUp.field,
      detail: isWeak ? null : signUp.message,
    },
    { status: 400 },
  )
}

export default function SignUpPage({ actionData }: Route.ComponentProps) {
  const { t } = useI18n()
  const isPending = useNavigation().state !== 'idle'
  if (actionData !== undefined && actionData.sentTo !== null) {
    return (
      <div className="wrap wrap-narrow">
        <div className="empty" role="status">
          <h1>{t('sign-up.sent-title')}</h1>
          <p>{t('sign-up.sent', { email: actionData.sentTo })}</p>
          <p className="small">
            <a href="/dev/mailbox">{t('sign-up.mailbox')}</a>
          </p>
        </div>
      </div>
    )
  }
  const errorAt = (field: string) => {
    if (actionData === undefined || actionData.field !== field) return undefined
    if (field === 'password' && actionData.detail === null) return t('sign-up.WeakPasswordError')
    return field === 'email'
      ? t('checkout.bad-email')
      : t('checkout.bad-input', { detail: actionData.detail ?? '' })
  }
  const isElsewhere =
    actionData !== undefined && !['email', 'password', 'givenName', 'familyName'].includes(actionData.field)
  return (
    <div className="wrap wrap-narrow">
      <header className="page-head">
        <h1>{t('sign-up.title')}</h1>
        <p>{t('sign-up.text')}</p>
      </header>
      <Form method="post" className="form">
        {isElsewhere ? (
          <Notice tone="bad">{t('checkout.bad-input', { detail: actionData.detail ?? '' })}</Notice>
        ) : null}
        <div className="form-pair">
          <Field
            label={t('checkout.given-name')}
            name="givenName"
            autoComplete="given-name"
            maxLength={100}
            defaultValue={actionData?.values.givenName}
            error={errorAt('givenName')}
          />
          <Field
            label={t('checkout.family-name')}
            name="familyName"
            autoComplete="family-name"
            maxLength={100}
            defaultValue={actionData?.values.familyName}
            error={errorAt('familyName')}
          />
        </div>
        <Field
          label={t('sign-in.email')}
          name="email"
          type="email"
          autoComplete="username"
          required
          maxLength={254}
          defaultValue={actionData?.values.email}
          error={errorAt('email')}
        />
        <Field
          label={t('sign-in.password')}
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={8}
          maxLength={128}
          hint={t('sign-up.password-hint')}
          error={errorAt('password')}
        />
        <Button kind="primary" wide pending={isPending}>
          {t('sign-up.submit')}
        </Button>
        <p>
          {t('sign-up.have-account')} <StoreLink to="/sign-in">{t('sign-in.submit')}</StoreLink>
        </p>
      </Form>
    </div>
  )
}

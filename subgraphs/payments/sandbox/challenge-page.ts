import { createHash } from 'node:crypto'
import { isCurrencyCode } from '#platform/money/currencies.ts'
import { money, toDecimal } from '#platform/money/money.ts'
import type { SandboxIntent } from '../data/generated/client.ts'

const style = `
  :root { color-scheme: light; --ink: #1c1a17; --soft: #6d675f; --line: #e4dfd7; --paper: #fbfaf8; --card: #fff }
  * { box-sizing: border-box; margin: 0 }
  body { min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--paper); color: var(--ink);
    font: 400 1rem/1.6 ui-serif, Georgia, 'Times New Roman', serif }
  main { inline-size: min(26rem, 100%); background: var(--card); border: 1px solid var(--line); padding: 2.5rem 2rem;
    text-align: center; box-shadow: 0 1.5rem 3rem -2rem rgb(28 26 23 / .25) }
  .bank { font: 500 .75rem/1 ui-sans-serif, system-ui, sans-serif; letter-spacing: .22em; text-transform: uppercase; color: var(--soft) }
  h1 { font-size: 1.5rem; font-weight: 400; margin-block: 1.75rem .5rem }
  .amount { font-size: 2.25rem; letter-spacing: -.01em; margin-block: 1.25rem; font-variant-numeric: tabular-nums }
  p { color: var(--soft) }
  form { display: grid; gap: .75rem; margin-block-start: 2rem }
  button { min-block-size: 3rem; border: 1px solid var(--ink); background: none; color: var(--ink); cursor: pointer;
    font: 500 .9375rem/1 ui-sans-serif, system-ui, sans-serif; letter-spacing: .02em }
  button.primary { background: var(--ink); color: var(--paper) }
  button:hover { background: #3a362f; color: var(--paper) }
  button:focus-visible { outline: 3px solid #9b7b3f; outline-offset: 3px }
  small { display: block; margin-block-start: 1.75rem; font: .8125rem/1.5 ui-sans-serif, system-ui, sans-serif; color: var(--soft) }
`

/** Lets the page use its own style and post to where it came from, and nothing else. */
export const challengePolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`

/** What a bank shows a shopper: approve or refuse. Works without JavaScript. */
export function challengePage(intent: SandboxIntent, key: string): string {
  const amount = isCurrencyCode(intent.currency)
    ? `${toDecimal(money(intent.currency, intent.amountMinor))} ${intent.currency}`
    : intent.currency
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Approve your payment</title>
<style>${style}</style>
</head>
<body>
<main>
<div class="bank">Sandbox Bank</div>
<h1>Is this you?</h1>
<p>Maison asks for</p>
<div class="amount">${escapeHtml(amount)}</div>
<form method="post" action="/sandbox/intents/${escapeHtml(intent.reference)}/challenge">
<input type="hidden" name="key" value="${escapeHtml(key)}">
<button class="primary" name="decision" value="approve">Approve the payment</button>
<button name="decision" value="refuse">Refuse</button>
</form>
<small>This is a test bank. No money moves.</small>
</main>
</body>
</html>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`)
}

import { createElement as h, type CSSProperties, type ReactElement } from 'react'
import { Body, Button, Column, Container, Head, Heading, Hr, Html, Row, Section, Text } from 'react-email'
import type { LetterContent } from './letter-content.ts'

const serif = 'Didot, "Bodoni MT", "Hiragino Mincho ProN", "Yu Mincho", Georgia, serif'
const sans = '"Helvetica Neue", Helvetica, Arial, "Hiragino Sans", "Noto Sans JP", sans-serif'

const styles = {
  preview: { display: 'none', overflow: 'hidden', maxHeight: 0, maxWidth: 0, opacity: 0 },
  body: { backgroundColor: '#f7f5f2', margin: 0, padding: '32px 12px', fontFamily: sans, color: '#1c1a18' },
  sheet: { backgroundColor: '#ffffff', maxWidth: '560px', padding: '48px 40px' },
  wordmark: {
    fontFamily: serif,
    fontSize: '22px',
    letterSpacing: '0.32em',
    textAlign: 'center',
    margin: '0 0 40px',
  },
  heading: { fontFamily: serif, fontSize: '26px', fontWeight: 400, lineHeight: '34px', margin: '0 0 24px' },
  text: { fontSize: '15px', lineHeight: '26px', margin: '0 0 16px', overflowWrap: 'anywhere' },
  fact: {
    fontSize: '14px',
    lineHeight: '24px',
    padding: '10px 0',
    borderBottom: '1px solid #ece7e0',
    overflowWrap: 'anywhere',
  },
  value: { textAlign: 'end', whiteSpace: 'nowrap', paddingInlineStart: '16px', verticalAlign: 'top' },
  button: {
    backgroundColor: '#1c1a18',
    color: '#ffffff',
    fontSize: '14px',
    letterSpacing: '0.06em',
    padding: '16px 32px',
    margin: '16px 0 8px',
  },
  rule: { borderColor: '#ece7e0', margin: '40px 0 24px' },
  footnote: { fontSize: '12px', lineHeight: '20px', color: '#6b655d', margin: 0 },
} as const satisfies Record<string, CSSProperties>

/** The one look of all letters. */
export function letterPage(
  content: LetterContent,
  options: { locale: string; greeting: string | null },
): ReactElement {
  const { subject, heading, paragraphs, facts = [], action, footnote } = content
  return h(
    Html,
    { lang: options.locale },
    h(Head, null, h('title', null, subject)),
    h(
      Body,
      { lang: options.locale, style: styles.body },
      // What an inbox shows beside the subject.
      h('div', { style: styles.preview, 'data-skip-in-text': true }, paragraphs[0] ?? heading),
      h(
        Container,
        { style: styles.sheet },
        h(Text, { style: styles.wordmark }, 'MAISON'),
        h(Heading, { as: 'h1', style: styles.heading }, heading),
        options.greeting === null ? null : h(Text, { style: styles.text }, options.greeting),
        ...paragraphs.map((paragraph, index) => h(Text, { key: index, style: styles.text }, paragraph)),
        facts.length === 0
          ? null
          : h(
              Section,
              null,
              ...facts.map(({ name, value }, index) =>
                h(Row, {
                  key: index,
                  children: [
                    h(Column, { key: 'name', style: styles.fact }, name),
                    h(Column, { key: 'value', style: { ...styles.fact, ...styles.value } }, value),
                  ],
                }),
              ),
            ),
        action ? h(Button, { href: action.url, style: styles.button }, action.label) : null,
        h(Hr, { style: styles.rule }),
        h(Text, { style: styles.footnote }, footnote),
      ),
    ),
  )
}

import { expect, test } from 'vitest'
import { htmlToText } from './html-to-text.ts'

test.each([
  ['plain', 'plain'],
  ['<p>One &amp; two</p><p>Three</p>', 'One & two\n\nThree'],
  ['a<br>b<br/>c', 'a\nb\nc'],
  ['<ul><li>x</li><li>y</li></ul>', '– x\n– y'],
  ['<meta charset="utf-8"><style>p{}</style>t<script>alert("<p>")</script>', 't'],
  ['5 < 6 and 7 > 6', '5 < 6 and 7 > 6'],
  ['a <b', 'a <b'],
  ['&#233;&#xe9;&eacute;&unknown;&#0;&#xd800;', 'ééé&unknown;'],
  ['&constructor;', '&constructor;'],
])('%j reads %j', (html, text) => {
  expect(htmlToText(html)).toBe(text)
})

test.each(['<', '< ', '<a', '<script>', '&', '&#'])(
  'a megabyte of %j takes no longer than any other',
  (part) => {
    htmlToText(part.repeat(1_000_000 / part.length) + '>')
    // Quadratic time would be minutes; this is generous for a busy machine.
  },
)

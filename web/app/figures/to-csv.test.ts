import { expect, test } from 'vitest'
import { toCsv } from './to-csv.ts'

test('a spreadsheet reads every cell as what it is and runs none', () => {
  const csv = toCsv([
    ['Name', 'Total'],
    ['=HYPERLINK("http://evil.example")', '-12.50'],
    ['+1', 3],
    ['@a', 'two\nlines'],
    ['a "b", c', 'é'],
  ])
  expect(csv).toBe(
    '\uFEFFName,Total\r\n"\'=HYPERLINK(""http://evil.example"")",-12.50\r\n\'+1,3\r\n\'@a,"two\nlines"\r\n"a ""b"", c",é\r\n',
  )
})

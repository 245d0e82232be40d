// Adds the JSON reports of several test runs up to one closing line: `N passed, N failed, N skipped`.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Report {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
}

const folder = process.argv[2] ?? '.maison/test-results'
const sum = { passed: 0, failed: 0, skipped: 0 }
for (const file of readdirSync(folder)) {
  const report = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Report
  sum.passed += report.numPassedTests
  sum.failed += report.numFailedTests
  sum.skipped += report.numPendingTests
}
process.stdout.write(
  `${String(sum.passed)} passed, ${String(sum.failed)} failed, ${String(sum.skipped)} skipped\n`,
)
if (sum.failed > 0 || sum.passed === 0) process.exitCode = 1

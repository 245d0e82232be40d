/** Names of all databases a test run creates on its server start like this; the run's global setup drops them. */
export function testDatabasePrefix(runId: number): string {
  return `maison_test_${runId}_`
}

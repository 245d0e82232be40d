/**
 * For the browser's side of an action: a request that did not get through leaves the form where it is, with what was
 * typed, and says so. Answers of the server, also its redirects and refusals, pass. Goes with `keepPage`.
 */
export async function keepForm<T>(
  serverAction: () => Promise<T>,
): Promise<T | { problem: { kind: 'lost' } }> {
  try {
    return await serverAction()
  } catch (error) {
    if (error instanceof TypeError) return { problem: { kind: 'lost' } }
    throw error
  }
}

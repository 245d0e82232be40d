const longest = 2_000

/**
 * Whether it is a path on this site. `//elsewhere` and `/\elsewhere` are other sites to a browser; a control character
 * would be dropped by it and might turn the path into one of these.
 */
export function isReturnPath(path: string): boolean {
  return (
    path.length <= longest &&
    /^\/(?![/\\])[\x21-\x7e]*$/.test(path) &&
    new URL(path, 'http://site.invalid').origin === 'http://site.invalid'
  )
}

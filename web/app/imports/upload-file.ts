export type UploadAnswer = { kind: 'uploaded'; uploadId: string } | { kind: 'refused'; message: string }

export const mostBytes = 100_000_000

/**
 * Streams a file from the browser to the house, telling how far it is. The cookie says who sends it. XMLHttpRequest, since
 * fetch does not tell of what it has sent.
 */
export function uploadFile(
  file: File,
  options: { onProgress: (share: number) => void; signal: AbortSignal },
): Promise<UploadAnswer> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    const refuse = (message: string) => {
      resolve({ kind: 'refused', message })
    }
    request.open('POST', '/uploads/imports')
    // Browsers guess the type from the machine's settings; what it is meant to be is known here.
    request.setRequestHeader('content-type', 'text/csv')
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress(event.loaded / event.total)
    }
    request.onerror = () => {
      refuse('The connection was lost. Nothing was imported; send the file again.')
    }
    request.onabort = () => {
      refuse('Stopped. Nothing was imported.')
    }
    request.onload = () => {
      const answer = read(request.responseText)
      if (request.status === 201 && typeof answer.uploadId === 'string') {
        resolve({ kind: 'uploaded', uploadId: answer.uploadId })
      } else if (request.status === 401) refuse('Your session is over. Reload the page and sign in.')
      else refuse(messageOf(answer) ?? 'The house did not take the file. Try again in a moment.')
    }
    options.signal.addEventListener('abort', () => {
      request.abort()
    })
    request.send(file)
  })
}

interface Body {
  uploadId?: unknown
  message?: unknown
  error?: unknown
}

function messageOf({ message, error }: Body): string | null {
  if (typeof message === 'string') return message
  const inner: unknown =
    typeof error === 'object' && error !== null && 'message' in error ? error.message : error
  return typeof inner === 'string' ? inner : null
}

function read(text: string): Body {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null ? body : {}
  } catch {
    return {}
  }
}

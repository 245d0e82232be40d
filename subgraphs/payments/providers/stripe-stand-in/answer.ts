import type { Fields } from './stand-in-objects.ts'

export interface Answer {
  status: number
  body: Fields
  headers?: Record<string, string>
}

export function ok(body: Fields): Answer {
  return { status: 200, body }
}

export function refuse(status: number, error: { type: string; message: string } & Fields): Answer {
  return { status, body: { error } }
}

export function badRequest(code: string, message: string, more: Fields = {}): Answer {
  return refuse(400, { type: 'invalid_request_error', code, message, ...more })
}

export function missing(what: string): Answer {
  return refuse(404, { type: 'invalid_request_error', code: 'resource_missing', message: `No such ${what}` })
}

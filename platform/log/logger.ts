import { type DestinationStream, type Logger as PinoLogger, pino, stdTimeFunctions } from 'pino'
import { currentContext, isInContext } from '../context/request-context.ts'
import { redact, redactText } from './redact.ts'

interface Write {
  (fields: object, message?: string): void
  (message: string): void
}

/**
 * Structured lines, one JSON object each: `log.info({ orderId }, 'Order placed')`, `log.error({ err }, 'Relay stopped')`.
 * The request's ids are added by themselves; secrets and personal data are taken out. Logging never throws.
 */
export interface Logger {
  readonly level: string
  readonly debug: Write
  readonly info: Write
  readonly warn: Write
  readonly error: Write
  readonly fatal: Write
  child(fields: object): Logger
}

interface LoggerOptions {
  /** The process or part that speaks. */
  name: string
  /** `debug`, `info` (the default), `warn`, `error`, `fatal` or `silent`. */
  level?: string
  /** Where the lines go; standard output when it is not given. */
  destination?: DestinationStream
}

function requestFields(): object {
  // Outside a request there is nothing to tie a line to, and an id made up for it would only mislead.
  if (!isInContext()) return {}
  const { requestId, correlationId } = currentContext()
  return { requestId, correlationId }
}

// pino takes (message), (fields, message) or (error, message); all three become safe here, in one place, before
// pino builds the line, so that a nested or unexpected field cannot slip past a list of paths.
function makeSafe(first: unknown, message: unknown): [object, string | undefined] | [string] {
  if (typeof first === 'string') return [redactText(first)]
  const fields = first instanceof Error ? { err: first } : first
  const err: unknown =
    typeof fields === 'object' && fields !== null && 'err' in fields ? fields.err : undefined
  const text = message ?? (err instanceof Error ? err.message : undefined)
  const safe = redact(fields)
  return [
    typeof safe === 'object' && safe !== null ? safe : { value: safe },
    typeof text === 'string' ? redactText(text) : undefined,
  ]
}

function toLogger(base: PinoLogger): Logger {
  return {
    level: base.level,
    debug: base.debug.bind<Write>(base),
    info: base.info.bind<Write>(base),
    warn: base.warn.bind<Write>(base),
    error: base.error.bind<Write>(base),
    fatal: base.fatal.bind<Write>(base),
    // pino does not run a child's fields through any hook, hence this shell around it.
    child: (fields) => toLogger(base.child({ ...(redact(fields) as object) })),
  }
}

export function createLogger({ name, level = 'info', destination }: LoggerOptions): Logger {
  const base = pino(
    {
      level,
      base: { name },
      timestamp: stdTimeFunctions.isoTime,
      mixin: requestFields,
      formatters: {
        level: (label) => ({ level: label }),
      },
      // The fields arrive already spelled out; pino's own error serializer would only repeat the work.
      serializers: { err: (err: unknown) => err },
      hooks: {
        logMethod(args, method) {
          const [first, message] = args as unknown as [unknown, unknown]
          method.apply(this, makeSafe(first, message) as Parameters<typeof method>)
        },
      },
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  )
  return toLogger(base)
}

/** Says nothing; for tests. */
export const silentLogger: Logger = createLogger({ name: 'silent', level: 'silent' })

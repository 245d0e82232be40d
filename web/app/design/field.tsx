import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes } from 'react'

interface FieldText {
  label: string
  hint?: ReactNode
  /** What is wrong and what would be right; shown at the field and read with it. */
  error?: string | null | undefined
}

interface FieldProps extends InputHTMLAttributes<HTMLInputElement>, FieldText {
  name: string
}

/** A labelled input with its hint and its error. Not controlled: forms are read by the server. */
export function Field({ label, hint, error, ...input }: FieldProps) {
  const id = useId()
  const { notes, describedBy } = useNotes(id, hint, error)
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        className="input"
        {...input}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy}
      />
      {notes}
    </div>
  )
}

interface SelectFieldProps extends SelectHTMLAttributes<HTMLSelectElement>, FieldText {
  name: string
  options: readonly { value: string; label: string }[]
}

export function SelectField({ label, hint, error, options, ...select }: SelectFieldProps) {
  const id = useId()
  const { notes, describedBy } = useNotes(id, hint, error)
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        className="input"
        {...select}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {notes}
    </div>
  )
}

function useNotes(id: string, hint: ReactNode, error: string | null | undefined) {
  const ids = [error ? `${id}-error` : null, hint ? `${id}-hint` : null].filter((value) => value !== null)
  const notes = (
    <>
      {error ? (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      ) : null}
      {hint ? (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
    </>
  )
  return { notes, describedBy: ids.length > 0 ? ids.join(' ') : undefined }
}

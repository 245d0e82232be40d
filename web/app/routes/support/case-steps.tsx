import { Form, useNavigation } from 'react-router'
import { Button } from '#app/design/button.tsx'
import { Field, SelectField } from '#app/design/field.tsx'
import { toWords } from '#app/staff/to-words.ts'

export const resolutions = ['REFUNDED', 'KEPT', 'WRITTEN_OFF', 'RETRIED', 'CORRECTED'] as const

interface CaseStepsProps {
  paymentCase: { id: string; version: number; kind: string; ownerId: string | null }
  viewerId: string
}

/** What somebody at the desk can do about an open case. Each form names the case as it was seen. */
export function CaseSteps({ paymentCase, viewerId }: CaseStepsProps) {
  const isPending = useNavigation().state !== 'idle'
  const { id, version, kind, ownerId } = paymentCase
  const seen = (
    <>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="version" value={version} />
    </>
  )
  return (
    <div className="stack" style={{ '--gap': 'var(--space-2)' }}>
      {ownerId === viewerId ? null : (
        <Form method="post">
          {seen}
          <Button size="small" name="intent" value="take" pending={isPending}>
            {ownerId === null ? 'Take it' : 'Take it over'}
          </Button>
        </Form>
      )}
      {kind === 'FAILED_REFUND' ? (
        <Form method="post">
          {seen}
          <Button size="small" name="intent" value="retry" pending={isPending}>
            Refund again
          </Button>
        </Form>
      ) : null}
      <details>
        <summary>Resolve</summary>
        <Form method="post" className="form">
          {seen}
          <SelectField
            label="How it ends"
            name="resolution"
            options={resolutions.map((value) => ({ value, label: toWords(value) }))}
          />
          <Field label="What was found and done" name="note" required maxLength={500} />
          <Button size="small" name="intent" value="resolve" pending={isPending}>
            Resolve the case
          </Button>
        </Form>
      </details>
    </div>
  )
}

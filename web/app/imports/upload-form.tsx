import { useEffect, useRef, useState, type SubmitEvent } from 'react'
import { useFetcher, useRevalidator } from 'react-router'
import { Button } from '#app/design/button.tsx'
import { Field, SelectField } from '#app/design/field.tsx'
import { Notice } from '#app/design/notice.tsx'
import { readText } from '#app/forms/read-text.ts'
import { useHasScript } from '#app/forms/use-has-script.ts'
import type { action } from '#app/routes/merchandise/imports.tsx'
import { mostBytes, uploadFile } from './upload-file.ts'

interface UploadFormProps {
  markets: readonly { id: string; name: string; currency: string }[]
  idempotencyKey: string
}

/** A file from this computer into the catalogue: uploaded with its progress, then started. */
export function UploadForm({ markets, idempotencyKey }: UploadFormProps) {
  const starter = useFetcher<typeof action>()
  const { revalidate } = useRevalidator()
  const hasScript = useHasScript()
  const [share, setShare] = useState<number | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const abort = useRef<AbortController | null>(null)
  // The page asks again while an import runs; a form keeps the key it began with.
  const [key] = useState(idempotencyKey)
  useEffect(() => () => abort.current?.abort(), [])

  const send = async (form: HTMLFormElement) => {
    const fields = new FormData(form)
    const file = fields.get('file')
    if (!(file instanceof File) || file.size === 0) {
      setProblem('Choose a CSV file that is not empty.')
      return
    }
    if (file.size > mostBytes) {
      setProblem('A file may have at most 100 MB. Split it and send the parts.')
      return
    }
    setProblem(null)
    setShare(0)
    abort.current = new AbortController()
    // A page left open for long holds a spent token: asking once renews it before the file is on its way.
    await revalidate()
    const answer = await uploadFile(file, { onProgress: setShare, signal: abort.current.signal })
    setShare(null)
    if (answer.kind === 'refused') {
      setProblem(answer.message)
      return
    }
    const start = new FormData()
    start.set('uploadId', answer.uploadId)
    start.set('fileName', file.name)
    start.set('market', readText(fields, 'market'))
    start.set('idempotencyKey', key)
    await starter.submit(start, { method: 'post' })
  }

  const isBusy = share !== null || starter.state !== 'idle'
  return (
    <form
      className="merchandise-upload"
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault()
        if (!isBusy) void send(event.currentTarget)
      }}
    >
      <Field
        label="Product file"
        name="file"
        type="file"
        accept=".csv,text/csv"
        required
        hint="CSV in Shopify’s product format, at most 100 MB"
      />
      <SelectField
        label="Prices are in"
        name="market"
        options={markets.map(({ id, name, currency }) => ({ value: id, label: `${currency}, ${name}` }))}
      />
      <div className="merchandise-send">
        {share === null ? (
          <Button kind="primary" wide pending={isBusy} disabled={!hasScript}>
            Import
          </Button>
        ) : (
          <>
            <label className="merchandise-progress">
              <span className="small">Uploading, {Math.floor(share * 100)} %</span>
              <progress value={share} max={1} />
            </label>
            <Button type="button" kind="text" onClick={() => abort.current?.abort()}>
              Stop
            </Button>
          </>
        )}
      </div>
      {(problem ?? starter.data?.problem) ? (
        <div className="merchandise-problem">
          <Notice tone="bad">{problem ?? starter.data?.problem}</Notice>
        </div>
      ) : null}
      <noscript>Uploading needs JavaScript.</noscript>
    </form>
  )
}

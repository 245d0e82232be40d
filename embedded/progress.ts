/** Shows what a start is doing: a line that moves on a terminal, a line per step elsewhere. */
export function createProgress(output: NodeJS.WriteStream): {
  step(message: string, done?: { count: number; of: number }): void
  end(): void
} {
  const startedAt = performance.now()
  let shown = ''
  const elapsed = () => `${((performance.now() - startedAt) / 1000).toFixed(1).padStart(5)} s`

  return {
    step: (message, done) => {
      const part = done ? ` ${bar(done)} ${String(done.count)}/${String(done.of)}` : ''
      if (output.isTTY) {
        const isSameStep = message === shown
        output.write(
          `${isSameStep ? '\r\u001b[2K' : shown === '' ? '' : '\n'}  ${elapsed()}  ${message}${part}`,
        )
      } else if (message !== shown) {
        output.write(`  ${elapsed()}  ${message}\n`)
      }
      shown = message
    },
    end: () => {
      if (output.isTTY && shown !== '') output.write('\n')
      shown = ''
    },
  }
}

const barWidth = 20

function bar({ count, of }: { count: number; of: number }): string {
  const filled = of === 0 ? barWidth : Math.floor((count / of) * barWidth)
  return '━'.repeat(filled) + '╌'.repeat(barWidth - filled)
}

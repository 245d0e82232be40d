import { useRef, useState, type SubmitEvent } from 'react'
import { Form, Link, useNavigate } from 'react-router'
import { Notice } from '#app/design/notice.tsx'
import { SearchIcon } from '#app/design/icons.tsx'
import { useI18n } from '#app/i18n/use-i18n.ts'
import { PagesNav } from '#app/staff/pages-nav.tsx'
import type { TillProductsFragment } from '#generated/graphql.ts'
import { toAmount } from '#app/staff/amount.ts'
import { CashDrawer } from './cash-drawer.tsx'
import { currencyDigits } from './currency-digits.ts'
import { PieceGrid } from './piece-grid.tsx'
import { piecesOf } from './sale.ts'
import { SalePane } from './sale-pane.tsx'
import { SoldPanel } from './sold-panel.tsx'
import { useCashier } from './use-cashier.ts'
import { useCodes } from './use-codes.ts'
import { useScanner } from './use-scanner.ts'
import { VariantChooser } from './variant-chooser.tsx'

export interface TillFloorProps {
  register: { id: string; code: string }
  shop: { market: { id: string; currency: string; pricesIncludeTax: boolean } }
  query: string
  collection: string
  collections: readonly { id: string; slug: string; name: string }[]
  products: TillProductsFragment['nodes']
  pageInfo: { hasNextPage: boolean; endCursor?: string | null }
}

/** The open till: what is sold beside the sale; on a phone one of the two at a time. */
export function TillFloor({
  register,
  shop,
  query,
  collection,
  collections,
  products,
  pageInfo,
}: TillFloorProps) {
  const { currency, pricesIncludeTax } = shop.market
  const digits = currencyDigits(currency)
  const { money } = useI18n()
  const navigate = useNavigate()
  const cashier = useCashier(register.code, { currency, digits })
  const { sale, due } = cashier
  const [isPaying, setPaying] = useState(false)
  const [pane, setPane] = useState<'pieces' | 'sale'>('pieces')
  const [chosen, setChosen] = useState<{ slug: string; name: string } | null>(null)
  const codes = useCodes(register.code, (piece) => {
    cashier.add(piece)
  })
  const field = useRef<HTMLInputElement>(null)

  useScanner((code) => {
    setPaying(false)
    void codes.take(code, 'scanned')
  })

  const search = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const text = field.current?.value.trim() ?? ''
    if (text === '') {
      void navigate('?')
      return
    }
    void codes.take(text, 'typed').then((isTaken) => {
      if (field.current === null) return
      if (isTaken) field.current.value = ''
      else void navigate(`?${new URLSearchParams({ q: text }).toString()}`)
    })
  }

  const dueText = money({ currency, amount: toAmount(due, digits) })
  return (
    <div className="till" data-pane={pane}>
      <title>{`Till ${register.code} · Maison`}</title>
      <h1 className="visually-hidden">Till {register.code}</h1>
      <div className="till-pieces">
        <Form className="till-search" role="search" onSubmit={search}>
          <SearchIcon />
          <input
            key={query}
            ref={field}
            name="q"
            defaultValue={query}
            aria-label="Code or name"
            placeholder="Code or name"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint="search"
          />
        </Form>
        <nav className="till-collections" aria-label="Collections">
          {collections.map((one) => (
            <Link
              key={one.id}
              to={`?collection=${one.slug}`}
              aria-current={one.slug === collection ? 'page' : undefined}
            >
              {one.name}
            </Link>
          ))}
          <Link to="?collection=all" aria-current={collection === 'all' ? 'page' : undefined}>
            All
          </Link>
        </nav>
        {codes.notice === null ? null : <Notice tone="bad">{codes.notice}</Notice>}
        {products.length === 0 ? (
          <p className="soft">
            {query === '' ? 'Nothing of this is sold here.' : `Nothing matches “${query}”.`}
          </p>
        ) : (
          <PieceGrid products={products} onChoose={setChosen} />
        )}
        <PagesNav pageInfo={pageInfo} of="pieces" />
      </div>

      {cashier.sold === null ? (
        <SalePane
          sale={sale}
          due={sale.lines.length === 0 ? null : { currency, amount: toAmount(due, digits) }}
          taxNote={pricesIncludeTax ? null : 'and tax'}
          notice={cashier.notice}
          onSet={cashier.set}
          onClear={cashier.clear}
          onPay={() => {
            setPaying(true)
          }}
          onSendAgain={cashier.sendAgain}
          isSending={cashier.isSending}
        />
      ) : (
        <SoldPanel
          register={register.code}
          sold={cashier.sold}
          onNext={() => {
            cashier.next()
            setPane('pieces')
          }}
        />
      )}

      <button
        type="button"
        className="till-switch"
        aria-pressed={pane === 'sale'}
        onClick={() => {
          setPane(pane === 'sale' ? 'pieces' : 'sale')
        }}
      >
        <span>{pane === 'sale' ? 'Add pieces' : `Sale, ${piecesOf(sale)}`}</span>
        <span className="number">{sale.lines.length === 0 ? '' : dueText}</span>
      </button>

      <VariantChooser
        register={register.code}
        product={chosen}
        onAdd={cashier.add}
        onClose={() => {
          setChosen(null)
        }}
      />
      <CashDrawer
        isOpen={isPaying}
        dueMinor={due}
        currency={currency}
        digits={digits}
        problem={cashier.tenderProblem}
        isSending={cashier.isSending}
        onClose={() => {
          setPaying(false)
        }}
        onTake={(given) => {
          void cashier.take(given).then((isAtCash) => {
            setPaying(isAtCash)
            setPane('sale')
          })
        }}
      />
    </div>
  )
}

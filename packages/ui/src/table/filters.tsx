/** Filter chips: `Status any`; an active one has ink text and a clear mark. Values live in the address. */
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Button } from '../kit/button.tsx';
import { TextField } from '../kit/field.tsx';
import { Icon } from '../kit/icon.tsx';
import { Menu, Popover } from '../kit/menu.tsx';
import type { Address } from '../shell/address.ts';
import type { Filter } from './columns.ts';

type FilterProps = { values: Address; onChange: (changes: Address) => void };

function Chip({ label, value, onClear }: { label: string; value: string | undefined; onClear: () => void }) {
  return (
    <>
      {label} <b>{value ?? 'any'}</b>
      {value === undefined ? (
        <Icon name="down" size={12} />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: the chip's own menu clears it too; this is the shorter way.
        // biome-ignore lint/a11y/useKeyWithClickEvents: see above.
        <span
          className="clear"
          title={`Clear ${label}`}
          onPointerDown={(event) => event.stopPropagation()}
          onClick={(event) => {
            event.stopPropagation();
            event.preventDefault();
            onClear();
          }}
        >
          <Icon name="close" size={10} />
        </span>
      )}
    </>
  );
}

function ChoiceFilter({ filter, values, onChange }: FilterProps & { filter: Extract<Filter, { kind: 'choice' }> }) {
  const chosen = filter.options.find(({ value }) => value === values[filter.name]);
  const clear = () => onChange({ [filter.name]: undefined });
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className={`chip ${chosen ? 'active' : ''}`}>
          <Chip label={filter.label} value={chosen?.label} onClear={clear} />
        </button>
      }
      items={[
        { label: 'Any', onSelect: clear },
        ...filter.options.map(({ value, label }) => ({ label, onSelect: () => onChange({ [filter.name]: value }) })),
      ]}
    />
  );
}

function EnteredFilter({ filter, values, onChange }: FilterProps & { filter: Exclude<Filter, { kind: 'choice' }> }) {
  const names = filter.kind === 'days' ? [filter.from, filter.to] : [filter.name];
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState<Address>({});
  useEffect(() => {
    if (open) setDraft(values);
  }, [open, values]);
  const shown = names.map((name) => values[name]?.slice(0, filter.kind === 'days' ? 10 : 40));
  const value = shown.every((part) => part === undefined)
    ? undefined
    : filter.kind === 'days'
      ? `${shown[0] ?? '…'} – ${shown[1] ?? '…'}`
      : shown[0];
  const clear = () => onChange(Object.fromEntries(names.map((name) => [name, undefined])));
  const apply = (event: FormEvent) => {
    event.preventDefault();
    onChange(Object.fromEntries(names.map((name) => [name, written(draft[name], filter.kind)])));
    setOpen(false);
  };
  return (
    <Popover
      label={filter.label}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className={`chip ${value === undefined ? '' : 'active'}`}>
          <Chip label={filter.label} value={value} onClear={clear} />
        </button>
      }
    >
      <form onSubmit={apply} className="column" style={{ gap: 10 }}>
        {names.map((name, index) => (
          <TextField
            key={name}
            label={filter.kind === 'days' ? (index === 0 ? 'From' : 'Before') : filter.label}
            type={filter.kind === 'days' ? 'date' : filter.kind}
            step="any"
            value={(filter.kind === 'days' ? draft[name]?.slice(0, 10) : draft[name]) ?? ''}
            hint={filter.kind === 'days' ? undefined : filter.hint}
            onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
          />
        ))}
        <div className="row">
          <Button type="submit" kind="primary">
            Apply
          </Button>
          <Button
            kind="quiet"
            onClick={() => {
              clear();
              setOpen(false);
            }}
          >
            Clear
          </Button>
        </div>
      </form>
    </Popover>
  );
}

const written = (value: string | undefined, kind: Filter['kind']): string | undefined =>
  !value ? undefined : kind === 'days' && value.length === 10 ? `${value}T00:00:00Z` : value;

export function Filters({ filters, ...rest }: FilterProps & { filters: readonly Filter[] }) {
  return filters.map((filter) =>
    filter.kind === 'choice' ? (
      <ChoiceFilter key={filter.name} filter={filter} {...rest} />
    ) : (
      <EnteredFilter key={filter.name} filter={filter} {...rest} />
    ),
  );
}

/** Searches as one types, after a breath. `/` brings the cursor here. */
export function Search({ value, placeholder, onChange }: { value: string; placeholder: string; onChange: (value: string) => void }) {
  const [draft, setDraft] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setDraft(value), [value]);
  return (
    <input
      className="input table-search"
      type="search"
      aria-label={placeholder}
      placeholder={placeholder}
      style={{ width: 240 }}
      value={draft}
      onChange={(event) => {
        const next = event.target.value;
        setDraft(next);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => onChange(next), 250);
      }}
    />
  );
}

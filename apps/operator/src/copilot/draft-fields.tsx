/** The fields of a draft. */
import { SelectField, TextArea, TextField } from '@predictu/ui/kit/field.tsx';
import { CATEGORY_CHOICES } from '@predictu/ui/nouns/choices.ts';
import { useEffect, useState } from 'react';
import type { Draft } from './use-conversation.ts';

type Editing = { draft: Draft; onChange: (draft: Draft) => void };

const CATEGORIES = [{ value: '', label: 'Choose…' }, ...CATEGORY_CHOICES];
const PAIR = { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 180px), 1fr))', gap: 12 } as const;

export function DraftFields({ draft, onChange }: Editing) {
  const set = (change: Partial<Draft>) => onChange({ ...draft, ...change });
  const { outcomes, source, clauses } = draft;
  return (
    <div className="column" style={{ gap: 12 }}>
      <TextArea
        label="Question"
        rows={2}
        maxLength={200}
        value={draft.question}
        onChange={(event) => set({ question: event.target.value })}
      />
      <TextArea
        label="Yes, if"
        rows={2}
        maxLength={400}
        value={outcomes.yes}
        onChange={(event) => set({ outcomes: { ...outcomes, yes: event.target.value } })}
      />
      <TextArea
        label="No, if"
        rows={1}
        maxLength={400}
        value={outcomes.no}
        onChange={(event) => set({ outcomes: { ...outcomes, no: event.target.value } })}
      />
      <div style={PAIR}>
        <TextField
          label="Source"
          maxLength={200}
          value={source.name}
          onChange={(event) => set({ source: { ...source, name: event.target.value } })}
        />
        <TextField
          label="Its address"
          type="url"
          placeholder="https://"
          maxLength={1_000}
          value={source.url ?? ''}
          onChange={(event) => set({ source: { ...source, url: event.target.value === '' ? null : event.target.value } })}
        />
        <TextField
          label="Trading ends, UTC"
          type="datetime-local"
          value={draft.cut_off_at?.slice(0, 16) ?? ''}
          onChange={(event) => set({ cut_off_at: event.target.value === '' ? null : `${event.target.value}:00.000Z` })}
        />
        <TextField
          label="Time zone of the rules"
          placeholder="UTC"
          maxLength={64}
          value={draft.time_zone}
          onChange={(event) => set({ time_zone: event.target.value })}
        />
        <SelectField
          label="Category"
          options={CATEGORIES}
          value={draft.category ?? ''}
          onChange={(event) => set({ category: (event.target.value || null) as Draft['category'] })}
        />
        <PriceField draft={draft} onChange={onChange} />
      </div>
      <TextArea
        label="Why this price"
        rows={2}
        maxLength={300}
        value={draft.price_reasons[0] ?? ''}
        onChange={(event) => set({ price_reasons: event.target.value === '' ? [] : [event.target.value] })}
      />
      <TextArea
        label="Tie, or exactly the number named"
        rows={2}
        maxLength={600}
        value={clauses.tie}
        onChange={(event) => set({ clauses: { ...clauses, tie: event.target.value } })}
      />
      <TextArea
        label="Postponement"
        rows={2}
        maxLength={600}
        value={clauses.postponement}
        onChange={(event) => set({ clauses: { ...clauses, postponement: event.target.value } })}
      />
      <TextArea
        label="Cancellation"
        rows={2}
        maxLength={600}
        value={clauses.cancellation}
        onChange={(event) => set({ clauses: { ...clauses, cancellation: event.target.value } })}
      />
      <TextArea
        label="Anything players should know"
        rows={2}
        maxLength={2_000}
        value={draft.description}
        onChange={(event) => set({ description: event.target.value })}
      />
    </div>
  );
}

const shown = (price: number | null): string => (price === null ? '' : String(Math.round(price * 10_000) / 100));

/** Percent, with what is being typed kept as typed. */
function PriceField({ draft, onChange }: Editing) {
  const [text, setText] = useState(shown(draft.initial_price));
  const typed = text === '' ? null : Math.round(Number(text) * 100) / 10_000;
  useEffect(() => {
    setText((before) =>
      before !== '' && Math.round(Number(before) * 100) / 10_000 === draft.initial_price ? before : shown(draft.initial_price),
    );
  }, [draft.initial_price]);
  const wrong = typed !== null && !(typed >= 0 && typed <= 1);
  return (
    <TextField
      label="First price of yes, percent"
      inputMode="decimal"
      value={text}
      problem={wrong ? 'A number from 1 to 99' : undefined}
      onChange={(event) => {
        setText(event.target.value);
        const next = event.target.value === '' ? null : Math.round(Number(event.target.value) * 100) / 10_000;
        if (next === null || (next >= 0 && next <= 1)) onChange({ ...draft, initial_price: next });
      }}
    />
  );
}

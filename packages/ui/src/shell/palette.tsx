/** Go to, find, act: one box over everything. Dangerous acts open their dialog; nothing runs from here. */
import { Dialog } from 'radix-ui';
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react';
import { formatWords } from '../format/words.ts';
import { useGo } from './address.ts';
import type { Act, Found, Place } from './places.ts';

type Entry = { key: string; group: string; label: string; detail?: string | undefined; run: () => void };

export function Palette({
  places,
  acts,
  find,
  onClose,
}: {
  places: readonly Place[];
  acts: readonly Act[];
  find: (text: string) => Promise<Found[]>;
  onClose: () => void;
}) {
  const go = useGo();
  const list = useId();
  const [text, setText] = useState('');
  const [found, setFound] = useState<Found[]>([]);
  const [searching, setSearching] = useState(false);
  const [at, setAt] = useState(0);
  useEffect(() => {
    setAt(0);
    const wanted = text.trim();
    if (wanted.length < 2) return setFound([]);
    let current = true;
    setSearching(true);
    const timer = setTimeout(() => {
      find(wanted)
        .then((results) => current && setFound(results))
        .catch(() => current && setFound([]))
        .finally(() => current && setSearching(false));
    }, 180);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text, find]);
  const entries = useMemo<Entry[]>(() => {
    const match = (label: string) => label.toLowerCase().includes(text.trim().toLowerCase());
    return [
      ...found.map(({ kind, label, detail, to, search }) => ({
        key: `${kind} ${to} ${label}`,
        group: formatWords(kind),
        label,
        detail,
        run: () => go(to, search),
      })),
      ...places
        .filter(({ label }) => match(label))
        .map(({ label, to, key }) => ({ key: to, group: 'Go to', label, detail: key ? `g ${key}` : undefined, run: () => go(to) })),
      ...acts
        .filter(({ label }) => match(label))
        .map(({ label, shortcut, run }) => ({ key: label, group: 'Act', label, detail: shortcut, run })),
    ];
  }, [found, places, acts, text, go]);
  const take = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(entries.length - 1, at + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
    else if (event.key === 'Enter') take(entries[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content className="palette" aria-describedby={undefined}>
          <Dialog.Title className="screen-reader">Find and go to</Dialog.Title>
          <input
            role="combobox"
            aria-expanded="true"
            aria-controls={list}
            aria-activedescendant={entries[at] ? `${list}-${at}` : undefined}
            aria-label="Find a player, trade, market or operator"
            placeholder="Find a player, trade, market, operator, or paste an id"
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={pressed}
          />
          <div role="listbox" id={list} aria-label="Results">
            {entries.map((entry, index) => (
              <div key={entry.key}>
                {entry.group !== entries[index - 1]?.group && <div className="group">{entry.group}</div>}
                {/* biome-ignore lint/a11y/useKeyWithClickEvents: the box above holds the focus and takes the keys. */}
                {/* biome-ignore lint/a11y/useFocusableInteractive: see above. */}
                <div
                  role="option"
                  id={`${list}-${index}`}
                  aria-selected={index === at}
                  onMouseMove={() => setAt(index)}
                  onClick={() => take(entry)}
                >
                  <span className="ellipsis">{entry.label}</span>
                  <span className="space" />
                  {entry.detail && <span className="small tertiary nowrap">{entry.detail}</span>}
                </div>
              </div>
            ))}
            {entries.length === 0 && <div className="group">{searching ? 'Searching' : 'Nothing found.'}</div>}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

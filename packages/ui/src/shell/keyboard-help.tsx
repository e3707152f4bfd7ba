import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import type { Place } from './places.ts';

const KEYS: readonly (readonly [string, string])[] = [
  ['Ctrl K', 'Find, go to, act'],
  ['/', 'Search of this page'],
  ['j  k', 'Next, previous row'],
  ['Enter', 'Open the row'],
  ['[  ]', 'Previous, next page'],
  ['c', 'Copy the id of the row'],
  ['Esc', 'Close the topmost'],
  ['?', 'This table'],
];

export function KeyboardHelp({ places, onClose }: { places: readonly Place[]; onClose: () => void }) {
  const rows = [...KEYS, ...places.flatMap(({ key, label }) => (key ? [[`g ${key}`, label] as const] : []))];
  return (
    <Dialog title="Keyboard" onClose={onClose} footer={<Button onClick={onClose}>Close</Button>}>
      <dl className="facts">
        {rows.map(([keys, words]) => (
          <div key={keys} style={{ display: 'contents' }}>
            <dt>
              <span className="key">{keys}</span>
            </dt>
            <dd style={{ textAlign: 'left' }}>{words}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

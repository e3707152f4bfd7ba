/** Which columns a person sees, in what order; kept in this browser. */
import { Button, Segments } from '../kit/button.tsx';
import { Popover } from '../kit/menu.tsx';
import { changePreferences, usePreferences } from '../shell/preferences.ts';
import type { Column } from './columns.ts';
import type { TableLayout } from './use-layout.ts';

const DENSITIES = [
  { value: 'normal', label: 'Normal' },
  { value: 'dense', label: 'Dense' },
] as const;

/** A copy in which the element has changed places with its neighbour. */
function moved(order: readonly string[], at: number, step: 1 | -1): string[] {
  const next = [...order];
  [next[at], next[at + step]] = [next[at + step] as string, next[at] as string];
  return next;
}

export function ColumnChooser<R>({ layout, columns }: { layout: TableLayout<R>; columns: readonly Column<R>[] }) {
  const { density } = usePreferences();
  const { order, hidden } = layout.layout;
  const labelOf = (key: string) => columns.find((column) => column.key === key)?.label ?? key;
  const turn = (key: string) =>
    layout.change({ order, hidden: hidden.includes(key) ? hidden.filter((other) => other !== key) : [...hidden, key] });
  return (
    <Popover label="Columns and density" trigger={<Button kind="quiet" icon="columns" aria-label="Columns and density" />}>
      <Segments label="Rows" value={density} options={DENSITIES} onChange={(value) => changePreferences({ density: value })} />
      <ul className="column-list">
        {order.map((key, at) => (
          <li key={key} className="row">
            <label className="row space">
              <input type="checkbox" className="check" checked={!hidden.includes(key)} onChange={() => turn(key)} />
              {labelOf(key)}
            </label>
            <Button
              kind="quiet"
              icon="up"
              aria-label={`${labelOf(key)}: further to the left`}
              disabled={at === 0}
              onClick={() => layout.change({ order: moved(order, at, -1), hidden })}
            />
            <Button
              kind="quiet"
              icon="down"
              aria-label={`${labelOf(key)}: further to the right`}
              disabled={at === order.length - 1}
              onClick={() => layout.change({ order: moved(order, at, 1), hidden })}
            />
          </li>
        ))}
      </ul>
      <Button kind="quiet" onClick={() => layout.change(null)}>
        Reset columns
      </Button>
    </Popover>
  );
}

/** One value of a configuration: the field follows from what the value is. */
import { formatWords } from '../format/words.ts';
import { CheckField, SelectField, Switch, TextArea, TextField } from '../kit/field.tsx';

export type Value = number | boolean | string | null | readonly string[] | readonly number[];

const UNITS: readonly [RegExp, string][] = [
  [/_usd$|^category_limits|amounts$/, 'dollars'],
  [/_bps$/, 'basis points'],
  [/_pct$/, 'percent'],
  [/_ms$/, 'milliseconds'],
  [/_hours$/, 'hours'],
];
const unitOf = (name: string): string | undefined => UNITS.find(([pattern]) => pattern.test(name))?.[1];
const NONE = '';
/** The unit stands below the field; abbreviations are written as people write them. */
const LABELS: Record<string, string> = {
  per_trade_max_usd: 'Most for one trade',
  per_market_max_usd: 'Most in one market',
  user_max_bet_usd: 'Most for one bet of a player',
  s2s_retry_max: 'Attempts of a callback, at most',
  s2s_retry_backoff_ms: 'Pause before the next attempt',
  s2s_enabled: 'Wallets of operators',
  min_spread_bps: 'Smallest spread',
  max_spread_bps: 'Largest spread',
  show_orderbook: 'Show the order book',
  show_user_pnl: 'Show the result of the player',
  show_global_volume: 'Show the volume of all operators',
  price_alert_enabled: 'Price alerts',
  theme_override: 'Theme',
  custom_footer_html: 'Footer, as HTML',
};
export const labelOf = (name: string): string =>
  LABELS[name] ??
  formatWords(name.replace('category_limits.', 'limit of ').replace(/_(usd|bps|pct|ms|hours)$/, ''))
    .replace(/\b(min|max)\b/gi, (word) => (word.toLowerCase() === 'min' ? 'least' : 'most'))
    .replace(/^./, (letter) => letter.toUpperCase());

type ConfigFieldProps = {
  name: string;
  value: Value;
  options: readonly string[] | undefined;
  problem: string | undefined;
  onChange: (value: Value) => void;
};

export function ConfigField({ name, value, options, problem, onChange }: ConfigFieldProps) {
  const label = labelOf(name);
  if (typeof value === 'boolean') {
    return (
      <div className="field">
        <span className="label">{label}</span>
        <span className="row" style={{ minHeight: 32 }}>
          <Switch label={label} checked={value} onChange={onChange} />
          {value ? 'On' : 'Off'}
        </span>
      </div>
    );
  }
  if (Array.isArray(value) && options) return <Several label={label} value={value.map(String)} options={options} onChange={onChange} />;
  if (options) {
    return (
      <SelectField
        label={label}
        problem={problem}
        options={options.map((option) => ({ value: option, label: option === NONE ? 'As the page asks' : formatWords(option) }))}
        value={value === null ? NONE : String(value)}
        onChange={(event) => onChange(event.target.value === NONE ? null : event.target.value)}
      />
    );
  }
  if (Array.isArray(value)) {
    return (
      <TextField
        label={label}
        hint={`${unitOf(name) ?? 'values'}, separated by commas`}
        problem={problem}
        defaultValue={value.join(', ')}
        onChange={(event) => onChange(event.target.value.split(',').map(Number).filter(Boolean))}
      />
    );
  }
  if (typeof value === 'number') {
    return (
      <TextField
        label={label}
        hint={unitOf(name)}
        problem={problem}
        type="number"
        step="any"
        value={String(value)}
        onChange={(event) => onChange(Number(event.target.value))}
      />
    );
  }
  return (
    <TextArea
      label={label}
      problem={problem}
      value={(value as string | null) ?? ''}
      onChange={(event) => onChange(event.target.value || null)}
    />
  );
}

type SeveralProps = { label: string; value: readonly string[]; options: readonly string[]; onChange: (value: Value) => void };

function Several({ label, value, options, onChange }: SeveralProps) {
  return (
    <fieldset className="field" style={{ border: 0, padding: 0, margin: 0 }}>
      <legend className="label">{label}</legend>
      {options.map((option) => (
        <CheckField
          key={option}
          label={formatWords(option)}
          checked={value.includes(option)}
          onChange={(event) => onChange(event.target.checked ? [...value, option] : value.filter((other) => other !== option))}
        />
      ))}
    </fieldset>
  );
}

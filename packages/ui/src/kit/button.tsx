import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

export type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> & {
  /** `warns`: leads to a dangerous act. `danger`: does it. */
  kind?: 'plain' | 'primary' | 'quiet' | 'warns' | 'danger';
  size?: 'normal' | 'large';
  icon?: IconName;
  busy?: boolean;
};

export function Button({ kind = 'plain', size = 'normal', icon, busy = false, disabled, children, ...rest }: ButtonProps) {
  const classes = ['button', kind, size, busy ? 'busy' : '', icon && children === undefined ? 'icon' : ''].filter(Boolean).join(' ');
  return (
    <button type="button" {...rest} className={classes} disabled={disabled || busy} aria-busy={busy || undefined}>
      {busy ? <span className="spinner" aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children !== undefined && <span>{children}</span>}
    </button>
  );
}

export type Segment<Value extends string> = { value: Value; label: ReactNode };

/** One of a few: a period, a density. */
export function Segments<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: Value;
  options: readonly Segment<Value>[];
  onChange: (value: Value) => void;
}) {
  return (
    <div className="segments" role="group" aria-label={label}>
      {options.map((option) => (
        <button key={option.value} type="button" aria-pressed={option.value === value} onClick={() => onChange(option.value)}>
          {option.label}
        </button>
      ))}
    </div>
  );
}

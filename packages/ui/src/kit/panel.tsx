/** What stands where data will: sections, figures, skeletons, empty and failed states. */
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiError } from '../api/client.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

export function Section({
  title,
  subtitle,
  actions,
  children,
}: {
  title: ReactNode;
  subtitle?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section>
      <div className="section-head">
        <h2>{title}</h2>
        {subtitle !== undefined && <span className="subtitle">{subtitle}</span>}
        <span className="space" />
        {actions}
      </div>
      {children}
    </section>
  );
}

export function PageHead({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className="page-head">
      <h1>{title}</h1>
      <span className="space" />
      {children}
    </div>
  );
}

export const Stats = ({ children }: { children: ReactNode }) => <div className="stats">{children}</div>;

/** One figure with its name, its unit and what it is compared with. */
export function Stat({ name, unit, detail, children }: { name: ReactNode; unit?: ReactNode; detail?: ReactNode; children: ReactNode }) {
  return (
    <div className="stat">
      <span className="name">{name}</span>
      <span className="value figure">
        {children}
        {unit !== undefined && <small>{unit}</small>}
      </span>
      <span className="detail">{detail}</span>
    </div>
  );
}

export function Facts({ of }: { of: readonly (readonly [name: ReactNode, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {of.map(([name, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the facts of one thing do not move.
        <div key={index} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Note({ tone = 'plain', children }: { tone?: 'plain' | 'warn' | 'danger'; children: ReactNode }) {
  return (
    <div className={`note ${tone}`} role={tone === 'danger' ? 'alert' : undefined}>
      <Icon name={tone === 'plain' ? 'info' : 'warning'} size={14} />
      <div>{children}</div>
    </div>
  );
}

/** One sentence why, and one action. */
export const Empty = ({ children, action }: { children: ReactNode; action?: ReactNode }) => (
  <div className="empty">
    <p>{children}</p>
    {action}
  </div>
);

export function Skeleton({ rows = 4, height = 40 }: { rows?: number; height?: number }) {
  return (
    <div role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: grey bars have no identity.
        <div key={row} style={{ height, padding: '0 20px', display: 'flex', alignItems: 'center', borderBottom: '1px solid var(--line)' }}>
          <span className="skeleton" style={{ width: `${72 - ((row * 17) % 40)}%` }} />
        </div>
      ))}
    </div>
  );
}

/** In the words of the API: what failed, its request id, a way to try again. */
export function Problem({ error, again }: { error: Error; again?: () => void }) {
  const known = error instanceof ApiError ? error : null;
  return (
    <div className="note danger problem-panel" role="alert">
      <Icon name="warning" size={14} />
      <div className="column" style={{ gap: 6, alignItems: 'flex-start' }}>
        <b>{error.message}</b>
        {known?.requestId && (
          <span>
            Request <span className="mono">{known.requestId}</span>
          </span>
        )}
        {again && (!known || known.retryable || known.status === 0) && <Button onClick={again}>Try again</Button>}
      </div>
    </div>
  );
}

/** Shows an answer, the skeleton before it, or why there is none. Stale data stays. */
export function Shown<T>({
  query,
  rows,
  children,
}: {
  query: UseQueryResult<T, ApiError>;
  rows?: number;
  children: (answer: T) => ReactNode;
}) {
  if (query.data !== undefined) {
    return (
      <>
        {query.isError && <Problem error={query.error} again={() => void query.refetch()} />}
        <div className={query.isPlaceholderData ? 'stale' : undefined} style={{ display: 'contents' }}>
          {children(query.data)}
        </div>
      </>
    );
  }
  if (query.isError) return <Problem error={query.error} again={() => void query.refetch()} />;
  return <Skeleton {...(rows === undefined ? {} : { rows })} />;
}

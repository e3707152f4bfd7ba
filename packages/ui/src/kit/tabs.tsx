/** Tabs whose choice stands in the address. */
import type { ReactNode } from 'react';
import { useAddress } from '../shell/address.ts';

export type Tab = { value: string; label: ReactNode; count?: ReactNode; content: () => ReactNode };

export function Tabs({ name = 'tab', label, tabs }: { name?: string; label: string; tabs: readonly Tab[] }) {
  const [address, change] = useAddress();
  const chosen = tabs.find(({ value }) => value === address[name]) ?? tabs[0];
  const select = (value: string) =>
    change({ [name]: value === tabs[0]?.value ? undefined : value, page: undefined, sort: undefined, order: undefined });
  const step = (event: React.KeyboardEvent) => {
    const move = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (move === 0 || !chosen) return;
    const next = tabs[(tabs.indexOf(chosen) + move + tabs.length) % tabs.length];
    if (next) select(next.value);
    (event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role=tab]')[tabs.indexOf(next as Tab)]?.focus();
  };
  return (
    <>
      <div className="tabs" role="tablist" aria-label={label} onKeyDown={step}>
        {tabs.map((tab) => (
          <button
            key={tab.value}
            type="button"
            role="tab"
            aria-selected={tab === chosen}
            tabIndex={tab === chosen ? 0 : -1}
            onClick={() => select(tab.value)}
          >
            {tab.label}
            {tab.count !== undefined && <span className="count">{tab.count}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" aria-label={chosen?.value}>
        {chosen?.content()}
      </div>
    </>
  );
}

/** The frame of a console: rail, bar, page, status line; the palette and the keyboard stand above all screens. */
import { Link, useRouterState } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { initials } from '../format/words.ts';
import { Button } from '../kit/button.tsx';
import { Icon, Mark } from '../kit/icon.tsx';
import { Menu } from '../kit/menu.tsx';
import { useGo } from './address.ts';
import { KeyboardHelp } from './keyboard-help.tsx';
import { Palette } from './palette.tsx';
import type { Act, Found, Place } from './places.ts';
import { changePreferences, usePreferences } from './preferences.ts';
import { useShortcuts } from './shortcuts.ts';

export type FrameProps = {
  program: string;
  brand?: ReactNode;
  places: readonly Place[];
  person: { name: string; role: string };
  onLeave: () => void;
  environment?: ReactNode;
  status: ReactNode;
  find: (text: string) => Promise<Found[]>;
  acts?: readonly Act[];
  alerts?: ReactNode;
  foot?: ReactNode;
  children: ReactNode;
};

/** After the palette has closed. */
const PRINT: Act = { label: 'Print this page…', run: () => setTimeout(print) };

export function Frame({
  program,
  brand,
  places,
  person,
  onLeave,
  environment,
  status,
  find,
  acts = [],
  alerts,
  foot,
  children,
}: FrameProps) {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const go = useGo();
  const [rail, setRail] = useState(false);
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes the rail of a phone.
  useEffect(() => setRail(false), [path]);
  useShortcuts({
    'mod+k': (event) => {
      event.preventDefault();
      setPalette(true);
    },
    '?': () => setHelp(true),
    ...Object.fromEntries(places.flatMap(({ key, to }) => (key ? [[`g ${key}`, () => go(to)]] : []))),
  });
  const current = [...places]
    .sort((a, b) => b.to.length - a.to.length)
    .find(({ to }) => path === to || (to !== '/' && path.startsWith(`${to}/`)));
  useEffect(() => {
    document.title = `${current?.label ?? program} · ${program}`;
  }, [current, program]);
  return (
    <div className="frame">
      <a className="skip" href="#page">
        Skip to the page
      </a>
      <nav className={`rail ${rail ? 'open' : ''}`} aria-label="Main">
        <div className="brand">
          {brand ?? (
            <>
              <Mark />
              <span>
                Predictu <span className="program">{program}</span>
              </span>
            </>
          )}
        </div>
        {places.map((place) => (
          <PlaceLink key={place.to} place={place} current={place === current} />
        ))}
        {foot}
        <Person person={person} onLeave={onLeave} onHelp={() => setHelp(true)} />
      </nav>
      <div className="main">
        <header className="bar">
          <span className="rail-toggle">
            <Button kind="quiet" icon="menu" aria-label="Menu" aria-expanded={rail} onClick={() => setRail(!rail)} />
          </span>
          <div className="crumbs">{environment}</div>
          <span className="space" />
          <button type="button" className="find" onClick={() => setPalette(true)}>
            <Icon name="search" size={14} />
            <span className="words ellipsis">Find anything, or paste an id</span>
            <span className="space" />
            <span className="key">Ctrl K</span>
          </button>
          {alerts}
        </header>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling page must be reachable by keyboard. */}
        <main className="page" id="page" tabIndex={0}>
          {children}
        </main>
        <footer className="status-line">{status}</footer>
      </div>
      {palette && <Palette places={places} acts={[...acts, PRINT]} find={find} onClose={() => setPalette(false)} />}
      {help && <KeyboardHelp places={places} onClose={() => setHelp(false)} />}
    </div>
  );
}

function PlaceLink({ place, current }: { place: Place; current: boolean }) {
  return (
    <>
      {place.group && <div className="group">{place.group}</div>}
      <Link className="place" to={place.to} {...(current ? { 'aria-current': 'page' as const } : { 'aria-current': undefined })}>
        <Icon name={place.icon} />
        {place.label}
        {place.count !== undefined && place.count !== 0 && <span className={`count figure ${place.hot ? 'hot' : ''}`}>{place.count}</span>}
      </Link>
    </>
  );
}

function Person({ person, onLeave, onHelp }: { person: FrameProps['person']; onLeave: () => void; onHelp: () => void }) {
  const { theme, density, shortcuts } = usePreferences();
  return (
    <div className="person">
      <span className="avatar" aria-hidden="true">
        {initials(person.name)}
      </span>
      <span className="column space" style={{ lineHeight: '16px' }}>
        <span className="small medium ellipsis">{person.name}</span>
        <span className="tiny tertiary ellipsis">{person.role}</span>
      </span>
      <Menu
        trigger={<Button kind="quiet" icon="more" aria-label="Preferences and signing out" />}
        items={[
          { group: 'Theme' },
          ...(['system', 'light', 'dark'] as const).map((value) => ({
            label: value.charAt(0).toUpperCase() + value.slice(1),
            checked: theme === value,
            onSelect: () => changePreferences({ theme: value }),
          })),
          { group: 'Tables' },
          {
            label: 'Dense rows',
            checked: density === 'dense',
            onSelect: () => changePreferences({ density: density === 'dense' ? 'normal' : 'dense' }),
          },
          { group: 'Page' },
          { label: 'Print…', onSelect: () => setTimeout(print) },
          { group: 'Keyboard' },
          { label: 'Single-key shortcuts', checked: shortcuts, onSelect: () => changePreferences({ shortcuts: !shortcuts }) },
          { label: 'Show all shortcuts', onSelect: onHelp },
          { group: 'Session' },
          { label: 'Sign out', onSelect: onLeave },
        ]}
      />
    </div>
  );
}

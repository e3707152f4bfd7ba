/** The status page: what /api/health answers, as it answers; nothing here is known beforehand. */
import type { Answer } from '@predictu/ui/api/wire.ts';
import { client } from './api.ts';
import { element, part, startPage } from './page.ts';

type Health = Answer<'health'>['data'];
type Name = keyof Health['downstreams'];
type State = Health['downstreams'][Name]['state'];

const EVERY_MS = 15_000;
const MOST_BARS = 60;
const PARTS: Record<Name, [name: string, what: string]> = {
  supabase: ['Database', 'Postgres and the identity store'],
  redis: ['Redis', 'Rate limits and fan-out between machines'],
  anthropic: ['Language model', 'The copilot; its rules engine answers without it'],
  worker: ['Worker', 'Settlement, mail and callbacks'],
  market_feed: ['Market feed', 'Prices and resolutions'],
};
const WORDS: Record<State, [words: string, tone: string, shape: string]> = {
  ok: ['Answers', 'ok', '●'],
  degraded: ['Impaired', 'warn', '▲'],
  down: ['Does not answer', 'danger', '■'],
  not_configured: ['Not configured', 'none', '○'],
};

/** An instant of today reads as its time. */
const INSTANT = /\d{4}-\d\d-\d\dT(\d\d:\d\d:\d\d)(?:\.\d+)?Z/;
const seen = new Map<Name, string[]>();
const name = (downstream: Name): string => PARTS[downstream][0];

function row(downstream: Name, { state, latency_ms: latency, detail }: Health['downstreams'][Name]): HTMLElement {
  const [words, tone, shape] = WORDS[state];
  const bars = [...(seen.get(downstream) ?? []), tone].slice(-MOST_BARS);
  seen.set(downstream, bars);
  const [title, what] = PARTS[downstream];
  const strip = element(
    'span',
    'strip',
    bars.map((bar) => element('i', bar)),
  );
  strip.setAttribute('role', 'img');
  strip.setAttribute('aria-label', `${bars.filter((bar) => bar === 'ok').length} of ${bars.length} checks answered`);
  return element('div', 'part', [
    element('div', 'what', [element('b', '', [title]), element('span', '', [detail?.replace(INSTANT, '$1 UTC') ?? what])]),
    strip,
    element('span', 'latency', [latency === null ? '' : `${latency.toLocaleString('en-US')} ms`]),
    element('span', `state ${tone}`, [element('i', '', [shape]), ` ${words}`]),
  ]);
}

const list = (names: readonly string[]): string =>
  names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? '');

function headline({ status, downstreams }: Health): string {
  const of = (state: State) => (Object.keys(downstreams) as Name[]).filter((one) => downstreams[one].state === state).map(name);
  const [down, impaired] = [of('down'), of('degraded')];
  if (status === 'ok') return 'Everything answers.';
  if (down.length > 0) return `${list(down)} ${down.length > 1 ? 'do' : 'does'} not answer.`;
  return `${list(impaired)} ${impaired.length > 1 ? 'are' : 'is'} impaired.`;
}

const LEDE: Record<Health['status'], string> = {
  ok: 'Trading, wallets and settlement run as they should.',
  degraded: 'The rest goes on. Bets that wait for something are shown as waiting, never guessed.',
  down: 'Nothing can be traded now. What was agreed before is stored and goes on when it is back.',
};

function duration(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3_600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  return days > 0 ? `${days} d ${hours} h` : hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min`;
}

function say(title: string, lede: string): void {
  part('[data-headline]').textContent = title;
  part('[data-lede]').textContent = lede;
  document.title = `${title} · Predictu`;
}

async function check(): Promise<void> {
  const checked = part('[data-checked]');
  try {
    const { data } = await client.call('health', {});
    say(headline(data), LEDE[data.status]);
    part('[data-rows]').replaceChildren(...(Object.keys(data.downstreams) as Name[]).map((one) => row(one, data.downstreams[one])));
    checked.textContent = `Checked ${data.time.slice(11, 19)} UTC · version ${data.version} · up ${duration(data.uptime_seconds)}`;
  } catch {
    say('The server does not answer.', 'Either it is being restarted, or this device is offline. This page keeps asking.');
    part('[data-rows]').replaceChildren();
    checked.textContent = 'No answer';
  }
}

startPage();
void check();
setInterval(() => {
  if (!document.hidden) void check();
}, EVERY_MS);

/** The live demo of the home page: one question, scored by this installation while one waits. */
import type { Answer } from '@predictu/ui/api/wire.ts';
import { client, problemWords } from './api.ts';
import { element, part } from './page.ts';

type Score = Answer<'scoreQuestion'>['data'];
type Metrics = Answer<'getScoreMetrics'>['data'];

const EXAMPLES = [
  'Will Bitcoin close above $150,000 before July?',
  'Will the home team win the cup final?',
  'Will the central bank cut rates in March?',
];
const percent = (chance: number): string => `${Math.round(chance * 100)}%`;
const three = (value: number | null): string => (value === null ? '–' : (Math.round(value * 1_000) / 1_000).toString());

function comparables({ comparables: known }: Score): HTMLElement[] {
  if (known.length === 0) return [];
  const rows = known.map(({ title, resolution }) =>
    element('li', '', [
      element('span', '', [title]),
      element('b', resolution === 'yes' ? 'said-yes' : 'said-no', [resolution === 'yes' ? 'Yes' : 'No']),
    ]),
  );
  return [element('h3', '', ['Decided questions like it']), element('ul', 'alike', rows)];
}

function result(score: Score): HTMLElement {
  const bar = element('span', 'odds', [element('i')]);
  bar.style.setProperty('--at', percent(score.probability));
  bar.setAttribute('role', 'img');
  bar.setAttribute('aria-label', `${percent(score.probability)} chance of Yes`);
  return element('div', 'score', [
    element('p', 'scored', [
      element('b', '', [percent(score.probability)]),
      ' chance of Yes ',
      element('span', 'sure', [`${score.confidence_level} confidence`]),
    ]),
    bar,
    element(
      'ul',
      'reasons',
      score.reasons.map((reason) => element('li', '', [reason])),
    ),
    ...comparables(score),
  ]);
}

/** What scores of this kind were worth, said beside them. */
function record({ verified, verdict }: Metrics): HTMLElement {
  const words =
    verified.count > 0
      ? `Measured on ${verified.count.toLocaleString('en-US')} settled questions: a Brier score of ${three(verified.brier)}, where 0 is perfect and always saying one half gives 0.25. ${verdict}`
      : verdict;
  return element('p', 'hint', [words]);
}

/** Puts the form where the page has a place for it. */
export function startDemo(): void {
  const place = part('[data-demo]');
  const input = element('input');
  Object.assign(input, {
    id: 'question',
    name: 'question',
    minLength: 8,
    maxLength: 300,
    required: true,
    autocomplete: 'off',
    placeholder: EXAMPLES[0],
  });
  const label = element('label', '', ['Your question']);
  label.htmlFor = 'question';
  const button = element('button', 'button primary', ['Score it']);
  const answer = element('div', 'answer');
  answer.setAttribute('aria-live', 'polite');
  const form = element('form', 'ask', [label, element('div', 'line', [input, button])]);
  const tries = EXAMPLES.slice(1).map((words) => {
    const one = element('button', 'link', [words]);
    one.type = 'button';
    one.addEventListener('click', () => {
      input.value = words;
      form.requestSubmit();
    });
    return one;
  });
  form.append(element('p', 'tries', ['Or try ', ...tries]));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    button.disabled = true;
    client
      .call('scoreQuestion', { body: { question: input.value.trim() } })
      .then(
        ({ data }) => answer.replaceChildren(result(data)),
        (error: unknown) => answer.replaceChildren(problemWords(error)),
      )
      .finally(() => {
        button.disabled = false;
      });
  });
  const kept = element('div');
  client.call('getScoreMetrics', {}).then(
    ({ data }) => kept.replaceChildren(record(data)),
    () => {},
  );
  place.replaceChildren(form, answer, kept);
}

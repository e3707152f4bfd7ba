/** The application form: what is wrong stands under its field, what was sent is confirmed in place. */
import { ApiError } from '@predictu/ui/api/client.ts';
import type { Body } from '@predictu/ui/api/wire.ts';
import { client, problemWords } from './api.ts';
import { element, part, startPage } from './page.ts';

type Application = Body<'applyAsOperator'>;

const form = part<HTMLFormElement>('[data-apply]');
const said = part('[data-said]');
let opened: Promise<{ token: string; usableAt: number }> | undefined;

/** A form is opened once and counts from three seconds on. */
function openForm() {
  opened ??= client.call('getApplicationForm', {}).then(({ data }) => ({
    token: data.form_token,
    usableAt: performance.now() + 3_200,
  }));
  opened.catch(() => {
    opened = undefined;
  });
  return opened;
}

const text = (data: FormData, name: string): string => String(data.get(name) ?? '').trim();
const optional = (data: FormData, name: string): string | null => text(data, name) || null;

function application(token: string): Application {
  const data = new FormData(form);
  const website = text(data, 'website_url');
  return {
    company: text(data, 'company'),
    website_url: website === '' || /^https?:/i.test(website) ? website : `https://${website}`,
    jurisdiction: text(data, 'jurisdiction'),
    licence_authority: text(data, 'licence_authority'),
    licence_number: optional(data, 'licence_number'),
    categories: data.getAll('categories') as Application['categories'],
    expected_monthly_volume: text(data, 'expected_monthly_volume') as Application['expected_monthly_volume'],
    monthly_players: text(data, 'monthly_players') as Application['monthly_players'],
    wallet_mode: text(data, 'wallet_mode') as Application['wallet_mode'],
    contact_name: text(data, 'contact_name'),
    contact_email: text(data, 'contact_email'),
    contact_phone: optional(data, 'contact_phone'),
    message: optional(data, 'message'),
    consent: (data.get('consent') === 'on') as true,
    form_token: token,
    fax: text(data, 'fax'),
  };
}

/** What to write, not what is wrong. */
const ADVICE: Record<string, string> = {
  company: 'Write the name of your company',
  website_url: 'Write the address of your site, like https://example.com',
  contact_name: 'Write your name',
  contact_email: 'Write your whole e-mail address, with the part after the dot',
  jurisdiction: 'Write where you are licensed',
  licence_authority: 'Write who licensed you',
  contact_phone: 'Write a phone number, or nothing',
  categories: 'Choose at least one category',
  expected_monthly_volume: 'Choose what fits best',
  monthly_players: 'Choose what fits best',
  consent: 'Without your consent we may not store this',
};

function show(problems: Readonly<Record<string, string>>): void {
  for (const place of form.querySelectorAll<HTMLElement>('[data-problem]')) {
    const name = place.dataset['problem'] ?? '';
    const problem = problems[name];
    place.hidden = problem === undefined;
    place.textContent = problem === undefined ? '' : (ADVICE[name] ?? problem);
    place.id = `problem-${name}`;
    for (const field of form.querySelectorAll(`[name="${name}"]`)) {
      field.toggleAttribute('aria-invalid', problem !== undefined);
      if (problem !== undefined) field.setAttribute('aria-describedby', place.id);
      else field.removeAttribute('aria-describedby');
    }
  }
  form.querySelector<HTMLElement>('[aria-invalid]')?.focus();
}

/** What the browser knows by itself, before anything is sent. */
function locally(): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const field of form.querySelectorAll<HTMLInputElement>('input, select')) {
    if (field.name && field.type !== 'url' && !field.validity.valid) problems[field.name] = field.validationMessage;
  }
  const data = new FormData(form);
  if (text(data, 'website_url') === '') problems['website_url'] = 'missing';
  if (data.getAll('categories').length === 0) problems['categories'] = 'missing';
  return problems;
}

function confirm(id: string, email: string): void {
  const title = element('h2', '', ['Your application is here']);
  title.tabIndex = -1;
  form.replaceWith(
    element('div', 'confirmed', [
      title,
      element('p', 'lede', ['A person reads it, usually within two working days. We have written to ', element('b', '', [email]), '.']),
      element('p', 'aside', ['Its reference is ', element('code', '', [id]), '.']),
    ]),
  );
  title.focus();
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function send(): Promise<void> {
  const { token, usableAt } = await openForm();
  await pause(Math.max(0, usableAt - performance.now()));
  const body = application(token);
  const { data } = await client.call('applyAsOperator', { body });
  confirm(data.id, body.contact_email);
}

/** A form left open for a day is opened anew, without a word. */
async function sendOrReopen(): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (!(error instanceof ApiError) || error.fields['form_token'] === undefined) throw error;
    opened = undefined;
    await send();
  }
}

async function submit(): Promise<void> {
  const button = part<HTMLButtonElement>('[data-apply] button[type=submit]');
  const problems = locally();
  show(problems);
  if (Object.keys(problems).length > 0) return;
  button.disabled = true;
  said.replaceChildren('Sending');
  try {
    await sendOrReopen();
  } catch (error) {
    const fields = error instanceof ApiError ? error.fields : {};
    show(Object.fromEntries(Object.entries(fields).map(([field, expected]) => [field.split('.')[0] ?? field, expected])));
    said.replaceChildren(Object.keys(fields).length > 0 ? 'Look at the fields marked above.' : problemWords(error));
  } finally {
    button.disabled = false;
  }
}

startPage();
void openForm().catch(() => {});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void submit();
});

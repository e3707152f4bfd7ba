/** Signing in to the workspace, asking for a link, and ending the sign-in that a link began. */
import { ApiError } from '@predictu/ui/api/client.ts';
import { createSessionStore } from '@predictu/ui/api/session-store.ts';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { client, problemWords } from './api.ts';
import { element, part, startPage } from './page.ts';

type Session = Answer<'endSignIn'>['data'];

const entry = part<HTMLElement>('[data-entry]');
const address = new URLSearchParams(location.search);
const WORKSPACE = /^\/(dashboard|operator)(\/[\w./-]*)?(\?[\w.=&%-]*)?$/;
const next = (): string => {
  const asked = address.get('next') ?? '';
  return WORKSPACE.test(asked) && !asked.includes('//') ? asked : '/dashboard';
};

const PROBLEMS: Record<string, string> = {
  link: 'That link has been used, replaced by a later one, or is too old. Ask for another here.',
  browser: 'Open the link in the browser in which you asked for it, within five minutes of opening it. Ask for another here.',
  no_workspace: 'Your address is confirmed, but no workspace belongs to it. The invitation may have been taken back; ask who invited you.',
  suspended: 'This access is suspended. Ask the platform.',
};

function enter({ token, expires_at, user }: Session): void {
  createSessionStore<Session['user']>('operator').begin({ token, expires_at, person: user });
  location.replace(next());
}

type FieldOptions = { type?: string; autocomplete?: AutoFill; hint?: string; value?: string };

function field(name: string, label: string, { type = 'text', autocomplete = 'off', hint, value = '' }: FieldOptions = {}) {
  const input = element('input');
  Object.assign(input, { id: name, name, type, autocomplete, value, required: true });
  if (name === 'totp') Object.assign(input, { inputMode: 'numeric', maxLength: 6, pattern: '\\d{6}' });
  const labelled = element('label', '', [label]);
  labelled.htmlFor = name;
  return { input, block: element('div', 'field', [labelled, input, ...(hint ? [element('p', 'hint', [hint])] : [])]) };
}

type FormOptions = {
  title: string;
  lede?: string;
  fields: readonly HTMLElement[];
  act: string;
  run: (form: HTMLFormElement) => Promise<void>;
};

/** A form whose button waits for the answer; a refusal stands above it. */
function formOf({ title, lede, fields, act, run }: FormOptions, below: readonly (Node | string)[] = []): HTMLFormElement {
  const button = element('button', 'button primary large', [act]);
  const place = element('div', 'answer');
  place.setAttribute('role', 'alert');
  const form = element('form', '', [
    element('h1', '', [title]),
    ...(lede ? [element('p', 'lede', [lede])] : []),
    ...fields,
    place,
    button,
    ...below,
  ]);
  form.noValidate = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    button.disabled = true;
    place.replaceChildren();
    run(form)
      .catch((error: unknown) => {
        place.replaceChildren(problemWords(error));
      })
      .finally(() => {
        button.disabled = false;
      });
  });
  return form;
}

const value = (form: HTMLFormElement, name: string): string => String(new FormData(form).get(name) ?? '');
const wantsCode = (error: unknown): boolean =>
  error instanceof ApiError && ['totp_required', 'totp_invalid'].includes(String(error.details?.['reason']));

function other(words: string, show: () => void): HTMLElement {
  const button = element('button', 'link', [words]);
  button.type = 'button';
  button.addEventListener('click', show);
  return button;
}

function put(form: HTMLElement): void {
  const problem = PROBLEMS[address.get('problem') ?? ''];
  entry.replaceChildren(...(problem ? [element('p', 'note', [problem])] : []), form);
  entry.querySelector<HTMLElement>('input')?.focus();
}

function showLogin(email = ''): void {
  const code = field('totp', 'Code', { autocomplete: 'one-time-code', hint: 'Six digits from your authenticator.' });
  const fields = [
    field('email', 'E-mail', { type: 'email', autocomplete: 'username', value: email }),
    field('password', 'Password', { type: 'password', autocomplete: 'current-password' }),
  ];
  const form = formOf(
    {
      title: 'Sign in',
      lede: 'To the workspace of your casino.',
      fields: fields.map(({ block }) => block),
      act: 'Sign in',
      run: async (filled) => {
        const totp = value(filled, 'totp');
        try {
          const body = { email: value(filled, 'email'), password: value(filled, 'password'), ...(totp && { totp }) };
          enter((await client.call('operatorLogin', { body })).data);
        } catch (error) {
          if (!wantsCode(error) || code.block.isConnected) throw error;
          fields[1]?.block.after(code.block);
          code.input.focus();
        }
      },
    },
    [
      element('p', 'others', [
        other('E-mail me a link', () => showLink('magiclink', value(form, 'email'))),
        other('Set a new password', () => showLink('recovery', value(form, 'email'))),
      ]),
      element('p', 'aside', ['No workspace yet? ', Object.assign(element('a', 'link', ['Apply']), { href: '/operators/apply' })]),
    ],
  );
  put(form);
}

const LINKS = {
  magiclink: ['E-mail me a link', 'It signs you in, in this browser, for an hour.'],
  recovery: ['Set a new password', 'We send a link to do it with. It ends every other session of yours.'],
} as const;

function showLink(purpose: keyof typeof LINKS, email: string): void {
  const [title, lede] = LINKS[purpose];
  const asked = field('email', 'E-mail', { type: 'email', autocomplete: 'username', value: email });
  put(
    formOf(
      {
        title,
        lede,
        fields: [asked.block],
        act: 'Send the link',
        run: async (filled) => {
          const to = value(filled, 'email');
          const path = address.get('next') === null ? {} : { next: next() };
          await client.call('requestLink', { body: { email: to, purpose, ...path } });
          showSent(to);
        },
      },
      [element('p', 'others', [other('Back', () => showLogin(email))])],
    ),
  );
}

function showSent(email: string): void {
  const title = element('h1', '', ['Look into your mail']);
  title.tabIndex = -1;
  put(
    element('div', '', [
      title,
      element('p', 'lede', [
        'If ',
        element('b', '', [email]),
        ' belongs to a workspace, a link is on its way there. It works once, for an hour.',
      ]),
      element('p', 'others', [other('Back', () => showLogin(email))]),
    ]),
  );
  title.focus();
}

/** After a link: the password where one is due, the code where there is an authenticator, then in. */
async function showContinue(): Promise<void> {
  const { data } = await client.call('getSignIn', {});
  const invited = data.purpose === 'invite';
  const end = async (body: { totp?: string; password?: string }) => enter((await client.call('endSignIn', { body })).data);
  if (!data.sets_password && !data.totp_required) return end({});
  const password = field('password', invited ? 'Choose a password' : 'New password', {
    type: 'password',
    autocomplete: 'new-password',
    hint: 'At least 12 characters. A few plain words are good.',
  });
  const code = field('totp', 'Code', { autocomplete: 'one-time-code', hint: 'Six digits from your authenticator.' });
  const who = field('email', 'E-mail', { type: 'email', autocomplete: 'username', value: data.email });
  who.input.readOnly = true;
  put(
    formOf({
      title: invited ? `Welcome to ${data.operator_name}` : data.sets_password ? 'Set a new password' : `Sign in to ${data.operator_name}`,
      ...(invited && { lede: 'Your workspace is made. Choose the password you will come in with.' }),
      fields: [who.block, ...(data.sets_password ? [password.block] : []), ...(data.totp_required ? [code.block] : [])],
      act: invited ? 'Open the workspace' : 'Sign in',
      run: (filled) => {
        const [chosen, totp] = [value(filled, 'password'), value(filled, 'totp')];
        return end({ ...(chosen && { password: chosen }), ...(totp && { totp }) });
      },
    }),
  );
  (data.sets_password ? password : code).input.focus();
}

startPage();
if (location.pathname.endsWith('/continue')) {
  showContinue().catch(() => {
    address.set('problem', 'link');
    showLogin();
  });
} else showLogin();

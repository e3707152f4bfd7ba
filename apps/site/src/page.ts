/** What every page of the site brings: the theme, and words set safely. */
import './site.css';

/** An element with its class and its children; texts are texts. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className = '',
  children: readonly (Node | string)[] = [],
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** Sees that the part is there: a page without it is another page. */
export function part<Kind extends Element>(selector: string): Kind {
  const found = document.querySelector<Kind>(selector);
  if (!found) throw new Error(`The page has no ${selector}`);
  return found;
}

const KEY = 'predictu.preferences';
const dark = (): boolean => document.documentElement.dataset['theme'] === 'dark';

function preferences(): Record<string, unknown> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** Wires the button at the foot; the consoles read the same choice. */
export function startPage(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-theme-switch]');
  const name = () => {
    if (button) button.textContent = dark() ? 'Light theme' : 'Dark theme';
  };
  button?.addEventListener('click', () => {
    const theme = dark() ? 'light' : 'dark';
    localStorage.setItem(KEY, JSON.stringify({ ...preferences(), theme }));
    document.documentElement.dataset['theme'] = theme;
    name();
  });
  name();
}

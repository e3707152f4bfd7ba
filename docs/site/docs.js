/** Search, theme and copying; the pages read well without it. */
(() => {
  const MOST = 12;
  const PREFERENCES = 'predictu.preferences';
  const box = document.querySelector('.search');
  const input = document.getElementById('search');
  const list = document.getElementById('found');
  let index;
  let chosen = -1;

  const loaded = () => {
    index ??= fetch('/docs/search.json').then((answer) => answer.json());
    return index;
  };
  const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];

  /** How well a section answers all the words; 0 when one of them is nowhere in it. */
  function scoreOf({ title, heading, text }, words) {
    const places = [
      [title.toLowerCase(), 3],
      [heading.toLowerCase(), 5],
      [text.toLowerCase(), 1],
    ];
    let score = 0;
    for (const word of words) {
      let best = 0;
      for (const [place, weight] of places) {
        const at = place.indexOf(word);
        if (at < 0) continue;
        const begins = at === 0 || /[^\p{L}\p{N}_]/u.test(place[at - 1]);
        best = Math.max(best, weight * (begins ? 2 : 1));
      }
      if (best === 0) return 0;
      score += best;
    }
    return score;
  }

  /** Text with the words marked, as nodes: nothing of it is read as markup. */
  function marked(text, words) {
    const part = document.createDocumentFragment();
    let rest = text;
    while (rest) {
      const lower = rest.toLowerCase();
      const hits = words.map((word) => [lower.indexOf(word), word.length]).filter(([at]) => at >= 0);
      const [at, length] = hits.sort((a, b) => a[0] - b[0])[0] ?? [rest.length, 0];
      part.append(rest.slice(0, at));
      if (length > 0) part.append(Object.assign(document.createElement('mark'), { textContent: rest.slice(at, at + length) }));
      rest = rest.slice(at + length);
    }
    return part;
  }

  function excerpt(text, words) {
    const lower = text.toLowerCase();
    const at = Math.min(...words.map((word) => lower.indexOf(word)).filter((place) => place >= 0), text.length);
    return at > 40 && at < text.length ? `…${text.slice(at - 30, at + 90)}` : text.slice(0, 120);
  }

  function entryOf({ address, title, heading, text }, words, number) {
    const entry = Object.assign(document.createElement('li'), { id: `found-${number}` });
    entry.setAttribute('role', 'option');
    entry.dataset.address = address;
    const name = document.createElement('strong');
    name.append(marked(heading === title ? title : `${title}: ${heading}`, words));
    const said = document.createElement('small');
    said.append(marked(excerpt(text, words), words));
    entry.append(name, said);
    return entry;
  }

  function choose(number) {
    const entries = [...list.querySelectorAll('[role=option]')];
    chosen = entries.length === 0 ? -1 : (number + entries.length) % entries.length;
    entries.forEach((entry, at) => {
      entry.setAttribute('aria-selected', String(at === chosen));
      if (at === chosen) entry.scrollIntoView({ block: 'nearest' });
    });
    if (chosen >= 0) input.setAttribute('aria-activedescendant', `found-${chosen}`);
    else input.removeAttribute('aria-activedescendant');
  }

  function show(open) {
    list.hidden = !open;
    input.setAttribute('aria-expanded', String(open));
  }

  async function search() {
    const asked = input.value;
    const words = wordsOf(asked);
    if (words.length === 0) return show(false);
    const sections = await loaded();
    if (asked !== input.value) return undefined;
    const found = sections
      .map((section) => ({ section, score: scoreOf(section, words) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, MOST);
    const none = Object.assign(document.createElement('li'), { className: 'none', textContent: `Nothing here about “${asked.trim()}”` });
    list.replaceChildren(...(found.length > 0 ? found.map(({ section }, number) => entryOf(section, words, number)) : [none]));
    choose(0);
    return show(true);
  }

  const go = (entry) => {
    if (!entry?.dataset.address) return;
    show(false);
    input.blur();
    location.assign(entry.dataset.address);
  };

  box.hidden = false;
  input.addEventListener('focus', loaded, { once: true });
  input.addEventListener('input', search);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      choose(chosen + (event.key === 'ArrowDown' ? 1 : -1));
    } else if (event.key === 'Enter') go(list.querySelector('[aria-selected=true]'));
    else if (event.key === 'Escape') {
      input.value = '';
      show(false);
    }
  });
  list.addEventListener('mousedown', (event) => {
    event.preventDefault();
    go(event.target.closest('li'));
  });
  input.addEventListener('blur', () => show(false));
  document.addEventListener('keydown', (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? '');
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    input.focus();
  });

  const theme = document.querySelector('.theme');
  const nameTheme = () => {
    theme.textContent = document.documentElement.dataset.theme === 'dark' ? 'Light' : 'Dark';
    theme.setAttribute('aria-label', `Switch to the ${theme.textContent.toLowerCase()} theme`);
  };
  theme.hidden = false;
  nameTheme();
  theme.addEventListener('click', () => {
    const chosenTheme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset.theme = chosenTheme;
    nameTheme();
    try {
      const kept = JSON.parse(localStorage.getItem(PREFERENCES) ?? '{}');
      localStorage.setItem(PREFERENCES, JSON.stringify({ ...kept, theme: chosenTheme }));
    } catch {
      // A browser that keeps nothing: the theme holds for this page.
    }
  });

  for (const button of document.querySelectorAll('.copy')) {
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.closest('figure').querySelector('code').textContent);
      button.textContent = 'Copied';
      setTimeout(() => {
        button.textContent = 'Copy';
      }, 1_500);
    });
  }
})();

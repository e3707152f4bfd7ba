// Before the first paint: the theme a person chose, or the system's.
try {
  const { theme = 'system', density } = JSON.parse(localStorage.getItem('predictu.preferences') ?? '{}');
  const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  document.documentElement.classList.toggle('dense', density === 'dense');
} catch {
  document.documentElement.dataset.theme = 'light';
}

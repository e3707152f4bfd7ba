/** Line icons on a 16 px grid; decoration only, so never read aloud. */
const PATHS = {
  home: 'M2.5 7 8 2.5 13.5 7v6.5h-4v-4h-3v4h-4z',
  activity: 'M1.5 8h3l2-5 3 10 2-5h3',
  operators: 'M2.5 13.5v-10h6v10M8.5 6.5h5v7M1.5 13.5h13M4.5 6h2M4.5 8.5h2M4.5 11h2M10.5 9h1M10.5 11.3h1',
  users:
    'M6 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM1.5 13.5c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4M10.5 3.2a2.5 2.5 0 0 1 0 4.6M12 9.8c1.6.6 2.5 1.9 2.5 3.7',
  trades: 'M2.5 5.5h10l-2.5-2.5M13.5 10.5h-10L6 13',
  markets: 'M2 12.5 6 8l3 2.5 5-6.5M10.5 4H14v3.5',
  risk: 'M8 1.8 13.5 4v4c0 3-2.3 5.2-5.5 6.2C4.8 13.2 2.5 11 2.5 8V4z',
  settlements: 'M3 13.5h10M5 13.5V7M8 13.5V7M11 13.5V7M2.5 7h11L8 2.5z',
  revenue: 'M8 1.8v12.4M11 4.3C10.3 3.5 9.3 3 8 3 6.3 3 5 3.9 5 5.3c0 3.2 6.2 1.9 6.2 5.2C11.2 12 9.8 13 8 13c-1.5 0-2.7-.6-3.4-1.6',
  invoices: 'M3.5 1.8h9v12.4l-2.2-1.4L8 14.2l-2.3-1.4-2.2 1.4zM6 5.5h4M6 8.5h4',
  reports: 'M3 13.5v-5M6.3 13.5v-10M9.7 13.5v-7M13 13.5v-3.5',
  settings: 'M2 4.5h7M12 4.5h2M2 11.5h2M7 11.5h7M10.5 6a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM5.5 13a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Z',
  document: 'M4 1.8h5.5L12.5 5v9.2H4zM9.3 2v3.2h3M6.3 8h4M6.3 10.8h4',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM10.7 10.7l3.3 3.3',
  bell: 'M8 2a4 4 0 0 0-4 4c0 3.5-1.5 5-1.5 5h11S12 9.5 12 6a4 4 0 0 0-4-4ZM6.5 13.3a1.6 1.6 0 0 0 3 0',
  down: 'M4.5 6.5 8 10l3.5-3.5',
  right: 'M6.5 4.5 10 8l-3.5 3.5',
  left: 'M9.5 4.5 6 8l3.5 3.5',
  up: 'M4.5 9.5 8 6l3.5 3.5',
  close: 'M4 4l8 8M12 4l-8 8',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  plus: 'M8 3v10M3 8h10',
  check: 'M3 8.5 6.5 12 13 4.5',
  warning: 'M8 2.2 14.5 13.5h-13zM8 6.5v3.2M8 11.6v.01',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.5v3.5M8 5.2v.01',
  download: 'M8 2.5v8M4.8 7.5 8 10.7l3.2-3.2M2.5 13.5h11',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'M5 3.5v9l7-4.5z',
  filter: 'M2.5 3.5h11L9.3 8.6v4.6l-2.6-1.4V8.6z',
  columns: 'M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  key: 'M9.8 9.2a3.6 3.6 0 1 0-3-3L2 11v3h3v-1.7h1.7v-1.7l1.4-1.4',
  globe: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM2 8h12M8 2c2 2 2.6 4 2.6 6S10 12 8 14C6 12 5.4 10 5.4 8S6 4 8 2Z',
  wallet: 'M2.5 4.8V12a1.5 1.5 0 0 0 1.5 1.5h9.5v-8H4A1.5 1.5 0 0 1 4 2.5h7.5v3M10.8 9.5h.01',
  code: 'M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5',
  mail: 'M2 3.5h12v9H2zM2.2 4.2 8 8.8l5.8-4.6',
  callbacks: 'M3 6.5h8.5L9 4M13 9.5H4.5L7 12',
  star: 'M8 2.2l1.8 3.7 4 .6-2.9 2.8.7 4L8 11.4l-3.6 1.9.7-4L2.2 6.5l4-.6z',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1',
  sparkles: 'M8 2.5 9.3 6.7 13.5 8 9.3 9.3 8 13.5 6.7 9.3 2.5 8l4.2-1.3z',
  print: 'M4.5 5.5v-3h7v3M4.5 11h-2V5.5h11V11h-2M4.5 9h7v4.5h-7z',
  external: 'M9 2.5h4.5V7M13.5 2.5 7.5 8.5M11.5 9v4.5h-9v-9H7',
} as const;
export type IconName = keyof typeof PATHS;

export const Icon = ({ name, size = 16 }: { name: IconName; size?: number }) => (
  <svg
    width={size}
    height={size}
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    strokeWidth={1.4}
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    <path d={PATHS[name]} />
  </svg>
);

/** The mark: a price, half told. Ink only. */
export const Mark = ({ size = 20 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
    <rect x="1" y="1" width="18" height="18" rx="4.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
    <path d="M1.5 8.2h17v6.3a4 4 0 0 1-4 4h-9a4 4 0 0 1-4-4z" fill="currentColor" />
    <rect x="4" y="4.4" width="5" height="1.6" rx=".8" fill="currentColor" />
  </svg>
);

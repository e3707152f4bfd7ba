/** Names of things as they stand on a screen. */
import { formatCount } from './money.ts';

/** `trade_debit` -> `Trade debit`, `s2s_config` -> `S2S config`. */
export function formatWords(code: string): string {
  const words = code
    .replaceAll('_', ' ')
    .replace(/\b(s2s|api|url|css|dns|ui|html|vip)\b/gi, (word) => word.toUpperCase())
    .replace(/\bcolor\b/g, 'colour')
    .replace(/\bpnl\b/g, 'profit and loss');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `1 trade`, `2,000 trades`: whatever is counted on a screen is counted here. */
export const formatCounted = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${Math.abs(count) === 1 ? one : many}`;

/** Middle-shortened: `op_01kp…xyz789`. */
export const shortId = (id: string): string => (id.length <= 18 ? id : `${id.slice(0, 8)}…${id.slice(-6)}`);

/** Two letters for a monogram. */
export const initials = (name: string): string => {
  const parts = name.split(/[\s_.-]+/).filter(Boolean);
  const [first = '?', second] = parts;
  return (second ? `${first.charAt(0)}${second.charAt(0)}` : first.slice(0, 2)).toUpperCase();
};

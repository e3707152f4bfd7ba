import { useShortcuts } from '@predictu/ui/shell/shortcuts.ts';
import { useState } from 'react';

/** The halt dialog, from every screen: Shift H. */
export function useHalt(): { shown: boolean; open: () => void; close: () => void } {
  const [shown, setShown] = useState(false);
  const open = () => setShown(true);
  useShortcuts({ H: open });
  return { shown, open, close: () => setShown(false) };
}

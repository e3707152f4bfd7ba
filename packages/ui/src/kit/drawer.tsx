/** Drawers read: the list beside them stays alive, nothing darkens. Escape closes. */
import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from './button.tsx';

export function Drawer({
  title,
  onClose,
  children,
  footer,
}: {
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
}) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    panel.current?.focus();
    const close = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !document.querySelector('.dialog, .palette, .menu')) onClose();
    };
    addEventListener('keydown', close);
    return () => {
      removeEventListener('keydown', close);
      before?.focus();
    };
  }, [onClose]);
  return (
    <aside className="drawer" ref={panel} tabIndex={-1} aria-label="Details">
      <header>
        <div className="space column">{title}</div>
        <Button kind="quiet" icon="close" aria-label="Close" onClick={onClose} />
      </header>
      <div className="body">{children}</div>
      {footer && <footer>{footer}</footer>}
    </aside>
  );
}

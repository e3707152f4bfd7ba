/** Menus, popovers and tips. */
import { DropdownMenu, Popover as RadixPopover, Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

export type MenuItem =
  | { label: ReactNode; onSelect: () => void; danger?: boolean; disabled?: boolean }
  | { group: string }
  | { checked: boolean; label: string; onSelect: () => void };

export function Menu({ trigger, items, align = 'end' }: { trigger: ReactNode; items: readonly MenuItem[]; align?: 'start' | 'end' }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align={align} sideOffset={4}>
          {items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the items of one menu do not move.
            <Item key={index} item={item} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Item({ item }: { item: MenuItem }) {
  if ('group' in item) return <DropdownMenu.Label className="group">{item.group}</DropdownMenu.Label>;
  if ('checked' in item) {
    return (
      <DropdownMenu.CheckboxItem
        checked={item.checked}
        onSelect={(event) => {
          event.preventDefault();
          item.onSelect();
        }}
      >
        <span className="mark">{item.checked && <Icon name="check" size={12} />}</span>
        {item.label}
      </DropdownMenu.CheckboxItem>
    );
  }
  return (
    <DropdownMenu.Item className={item.danger ? 'danger' : ''} disabled={item.disabled ?? false} onSelect={item.onSelect}>
      {item.label}
    </DropdownMenu.Item>
  );
}

export function Popover({
  label,
  trigger,
  children,
  open,
  onOpenChange,
}: {
  label: string;
  trigger: ReactNode;
  children: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}) {
  return (
    <RadixPopover.Root {...(open === undefined ? {} : { open })} {...(onOpenChange ? { onOpenChange } : {})}>
      <RadixPopover.Trigger asChild>{trigger}</RadixPopover.Trigger>
      <RadixPopover.Portal>
        <RadixPopover.Content className="popover" aria-label={label} align="start" sideOffset={4} collisionPadding={8}>
          {children}
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  );
}

export const Tip = ({ words, children }: { words: ReactNode; children: ReactNode }) => (
  <Tooltip.Provider delayDuration={300}>
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="tip" sideOffset={4} collisionPadding={8}>
          {words}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  </Tooltip.Provider>
);

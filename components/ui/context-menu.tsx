"use client";

import { ContextMenu as Primitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { itemStyle, popStyle } from "./pop-style";

export const ContextMenu = Primitive.Root;
export const ContextMenuTrigger = Primitive.Trigger;
export const ContextMenuGroup = Primitive.Group;

export function ContextMenuContent({ className, ...props }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        collisionPadding={8}
        className={cn(
          popStyle,
          "max-h-(--radix-context-menu-content-available-height) min-w-44 overflow-y-auto",
          className,
        )}
        {...props}
      />
    </Primitive.Portal>
  );
}

export interface ContextMenuItemProps extends ComponentProps<typeof Primitive.Item> {
  readonly danger?: boolean;
  /** Shortcut or other quiet text at the end. */
  readonly hint?: ReactNode;
}

export function ContextMenuItem({ className, danger, hint, children, ...props }: ContextMenuItemProps) {
  return (
    <Primitive.Item
      className={cn(itemStyle, danger && "text-error data-[highlighted]:bg-error-soft [&>svg]:text-error", className)}
      {...props}
    >
      {children}
      {hint ? <span className="ml-auto pl-4 text-faint text-xs">{hint}</span> : null}
    </Primitive.Item>
  );
}

export function ContextMenuSeparator({ className, ...props }: ComponentProps<typeof Primitive.Separator>) {
  return <Primitive.Separator className={cn("-mx-1 my-1 h-px bg-line", className)} {...props} />;
}

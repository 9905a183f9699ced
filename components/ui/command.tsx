"use client";

import { Command as Primitive } from "cmdk";
import { Search } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { itemStyle } from "./pop-style";

export function Command({ className, ...props }: ComponentProps<typeof Primitive>) {
  return <Primitive className={cn("flex min-h-0 flex-col overflow-hidden", className)} {...props} />;
}

export interface CommandDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** Read out, not shown. */
  readonly title: string;
  /** How well an entry fits what was typed, 0 to 1. */
  readonly filter?: (value: string, search: string, keywords?: string[]) => number;
  readonly children: ReactNode;
}

/** A command list as a dialog near the top of the window. */
export function CommandDialog({ open, onOpenChange, title, filter, children }: CommandDialogProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fade-in-0 fixed inset-0 z-40 animate-in bg-scrim duration-120" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fade-in-0 zoom-in-98 fixed top-[14vh] left-1/2 z-50 w-[calc(100vw-32px)] max-w-xl -translate-x-1/2 animate-in overflow-hidden rounded-lg bg-raised shadow-pop outline-none duration-120"
        >
          <Dialog.Title className="sr-only">{title}</Dialog.Title>
          <Command label={title} filter={filter} className="max-h-[60vh]" loop>
            {children}
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

export function CommandInput({ className, ...props }: ComponentProps<typeof Primitive.Input>) {
  return (
    <div className="flex items-center gap-2 border-line border-b px-3">
      <Search className="size-4 shrink-0 text-faint" />
      <Primitive.Input
        className={cn("h-11 w-full bg-transparent text-base outline-none placeholder:text-faint", className)}
        {...props}
      />
    </div>
  );
}

export function CommandList({ className, ...props }: ComponentProps<typeof Primitive.List>) {
  return <Primitive.List className={cn("min-h-0 flex-1 scroll-py-1 overflow-y-auto p-1", className)} {...props} />;
}

export function CommandEmpty({ className, ...props }: ComponentProps<typeof Primitive.Empty>) {
  return <Primitive.Empty className={cn("px-3 py-8 text-center text-muted text-sm", className)} {...props} />;
}

export function CommandGroup({ className, ...props }: ComponentProps<typeof Primitive.Group>) {
  return (
    <Primitive.Group
      className={cn(
        "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs",
        className,
      )}
      {...props}
    />
  );
}

export interface CommandItemProps extends ComponentProps<typeof Primitive.Item> {
  readonly hint?: ReactNode;
}

export function CommandItem({ className, hint, children, ...props }: CommandItemProps) {
  return (
    <Primitive.Item className={cn(itemStyle, "min-h-8", className)} {...props}>
      {children}
      {hint ? <span className="ml-auto truncate pl-4 text-faint text-xs">{hint}</span> : null}
    </Primitive.Item>
  );
}

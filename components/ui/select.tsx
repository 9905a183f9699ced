"use client";

import { Check, ChevronsUpDown } from "lucide-react";
import { Select as Primitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { fieldStyle } from "./field-style";
import { itemStyle, popStyle } from "./pop-style";

export const SelectGroup = Primitive.Group;

export interface SelectProps extends ComponentProps<typeof Primitive.Root> {
  readonly placeholder?: string;
  readonly className?: string;
  readonly id?: string;
  readonly "aria-label"?: string;
  readonly "aria-invalid"?: boolean;
  readonly "aria-describedby"?: string;
  /** `SelectItem`s, in groups or not. */
  readonly children: ReactNode;
}

export function Select({ placeholder, className, children, id, ...props }: SelectProps) {
  const { "aria-label": label, "aria-invalid": invalid, "aria-describedby": describedBy, ...root } = props;
  return (
    <Primitive.Root {...root}>
      <Primitive.Trigger
        id={id}
        aria-label={label}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        className={cn(
          fieldStyle,
          "flex h-7 items-center justify-between gap-2 text-left data-[placeholder]:text-faint [&>span]:truncate",
          className,
        )}
      >
        <Primitive.Value placeholder={placeholder} />
        <Primitive.Icon asChild>
          <ChevronsUpDown className="size-3.5 shrink-0 text-faint" />
        </Primitive.Icon>
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className={cn(
            popStyle,
            "max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width)",
          )}
        >
          <Primitive.Viewport>{children}</Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

export interface SelectItemProps extends ComponentProps<typeof Primitive.Item> {
  /** Quiet second part at the end of the row. */
  readonly hint?: ReactNode;
}

export function SelectItem({ className, children, hint, ...props }: SelectItemProps) {
  return (
    <Primitive.Item className={cn(itemStyle, "pr-7", className)} {...props}>
      <Primitive.ItemText>{children}</Primitive.ItemText>
      {hint ? <span className="ml-auto pl-3 text-faint text-xs">{hint}</span> : null}
      <Primitive.ItemIndicator className="absolute right-2">
        <Check className="size-3.5" />
      </Primitive.ItemIndicator>
    </Primitive.Item>
  );
}

export function SelectLabel({ className, ...props }: ComponentProps<typeof Primitive.Label>) {
  return <Primitive.Label className={cn("px-2 py-1 text-faint text-xs", className)} {...props} />;
}

export function SelectSeparator({ className, ...props }: ComponentProps<typeof Primitive.Separator>) {
  return <Primitive.Separator className={cn("-mx-1 my-1 h-px bg-line", className)} {...props} />;
}

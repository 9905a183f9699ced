"use client";

import { Tooltip as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { Kbd } from "./kbd";

export const TooltipProvider = Primitive.Provider;

export interface TooltipProps {
  readonly content: ReactNode;
  readonly keys?: readonly string[];
  readonly side?: "top" | "right" | "bottom" | "left";
  readonly align?: "start" | "center" | "end";
  /** The thing explained: one element that can take focus. */
  readonly children: ReactNode;
}

export function Tooltip({ content, keys, side = "bottom", align, children }: TooltipProps) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="fade-in-0 zoom-in-95 z-50 flex max-w-72 animate-in items-center gap-2 break-words rounded-md bg-raised px-2 py-1 text-fg text-xs shadow-pop duration-120"
        >
          {content}
          {keys ? (
            <span className="flex gap-0.5">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </span>
          ) : null}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

"use client";

import { Slider as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export interface SliderProps extends ComponentProps<typeof Primitive.Root> {
  /** Names the handle for a screen reader. */
  readonly label: string;
}

export function Slider({ className, label, ...props }: SliderProps) {
  return (
    <Primitive.Root
      className={cn("relative flex h-5 w-full touch-none select-none items-center", className)}
      {...props}
    >
      <Primitive.Track className="relative h-1 grow rounded-full bg-active">
        <Primitive.Range className="absolute h-full rounded-full bg-accent" />
      </Primitive.Track>
      <Primitive.Thumb
        aria-label={label}
        className="block size-3.5 rounded-full border border-accent bg-surface transition-colors hover:bg-accent-soft"
      />
    </Primitive.Root>
  );
}

"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";

export const Sheet = Primitive.Root;
export const SheetTrigger = Primitive.Trigger;
export const SheetClose = Primitive.Close;

export interface SheetContentProps {
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly footer?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A dialog that comes in from the right edge and leaves the page beside it readable. */
export function SheetContent({ title, description, footer, className, children }: SheetContentProps) {
  const t = useTranslations("ui");
  return (
    <Primitive.Portal>
      <Primitive.Overlay className="fade-in-0 fixed inset-0 z-40 animate-in bg-scrim duration-150" />
      <Primitive.Content
        {...(description ? {} : { "aria-describedby": undefined })}
        className={cn(
          "slide-in-from-right-8 fade-in-0 fixed inset-y-2 right-2 z-50 flex w-[calc(100vw-16px)] max-w-xl animate-in flex-col rounded-lg bg-raised shadow-pop outline-none duration-180",
          className,
        )}
      >
        <header className="border-line border-b px-5 py-3 pr-14">
          <Primitive.Title className="break-words font-semibold text-lg">{title}</Primitive.Title>
          {description ? (
            <Primitive.Description className="text-muted text-sm">{description}</Primitive.Description>
          ) : null}
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
        {footer ? (
          <footer className="flex flex-wrap items-center justify-end gap-2 border-line border-t px-5 py-3">
            {footer}
          </footer>
        ) : null}
        {/* Last, so that the first thing in the dialog that can be used gets the focus. */}
        <Primitive.Close asChild>
          <Button variant="ghost" aria-label={t("close")} className="absolute top-3 right-3 w-7 px-0 [&_svg]:size-4">
            <X />
          </Button>
        </Primitive.Close>
      </Primitive.Content>
    </Primitive.Portal>
  );
}

import { Check, ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { cn } from "@/components/ui/cn";
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { fieldStyle } from "@/components/ui/field-style";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import type { FieldProps } from "./field-props";

export interface ModelChoice {
  /** The reference that is chosen. */
  readonly value: string;
  /** Found by these words, too. */
  readonly keywords?: readonly string[];
  readonly content: ReactNode;
}

export interface ModelPopoverProps {
  readonly value: string;
  readonly choices: readonly ModelChoice[];
  readonly onPick: (value: string) => void;
  /** What stands in the field: the chosen model, or a word instead of one. */
  readonly children: ReactNode;
  readonly search: string;
  /** What is said where nothing is found, and where to go for more. */
  readonly none: { readonly text: string; readonly href: string; readonly action: string };
  readonly control?: FieldProps["control"] | undefined;
  readonly label: string;
  readonly disabled: boolean;
}

/** A field that opens a list of models to search. */
export function ModelPopover({
  value,
  choices,
  onPick,
  children,
  search,
  none,
  control,
  label,
  disabled,
}: ModelPopoverProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <button
          {...control}
          type="button"
          disabled={disabled}
          aria-label={control ? undefined : label}
          className={cn(fieldStyle, "flex h-7 items-center gap-2 text-left")}
        >
          {children}
          <ChevronsUpDown className="size-3.5 shrink-0 text-faint" />
        </button>
      </PopoverTrigger>
      <PopoverContent align="start" className="w-80 p-0">
        <Command>
          <CommandInput placeholder={search} />
          <CommandList>
            <CommandEmpty>
              {none.text}{" "}
              <Link href={none.href} className="text-accent-text underline">
                {none.action}
              </Link>
            </CommandEmpty>
            {choices.map((choice) => (
              <CommandItem
                key={choice.value}
                value={choice.value}
                keywords={[...(choice.keywords ?? [])]}
                onSelect={() => {
                  onPick(choice.value);
                  setOpen(false);
                }}
              >
                {choice.content}
                {choice.value === value ? <Check /> : null}
              </CommandItem>
            ))}
          </CommandList>
        </Command>
      </PopoverContent>
    </Popover>
  );
}

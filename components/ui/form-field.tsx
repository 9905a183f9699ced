"use client";

import { type ReactNode, useId } from "react";
import { cn } from "./cn";
import { Label } from "./label";

/** What a control inside a field must carry so that its label, help and error are read out with it. */
export interface FormFieldControl {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": boolean | undefined;
}

export interface FormFieldProps {
  readonly label: ReactNode;
  readonly help?: ReactNode;
  /** What is wrong and what to do; takes the place of the help. */
  readonly error?: ReactNode;
  /** Shown at the end of the label's line: a counter, a link, "optional". */
  readonly aside?: ReactNode;
  readonly className?: string;
  readonly children: (control: FormFieldControl) => ReactNode;
}

/** Label, control, and below it help or the error. */
export function FormField({ label, help, error, aside, className, children }: FormFieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error || help;
  return (
    <div className={cn("flex min-w-0 flex-col gap-1", className)}>
      <div className="flex items-baseline justify-between gap-2">
        <Label htmlFor={id}>{label}</Label>
        {aside ? <span className="text-faint text-xs">{aside}</span> : null}
      </div>
      {children({ id, "aria-describedby": note ? noteId : undefined, "aria-invalid": error ? true : undefined })}
      {note ? (
        <p
          id={noteId}
          role={error ? "alert" : undefined}
          className={cn("text-xs", error ? "text-error" : "text-muted")}
        >
          {note}
        </p>
      ) : null}
    </div>
  );
}

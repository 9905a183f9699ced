"use client";

import { ErrorState } from "@/components/ui/error-state";
import { useErrorText } from "@/components/ui/use-error-text";
import { errorFacts } from "./error-facts";

export interface QueryErrorProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
  readonly className?: string;
}

/** In place of what could not be loaded: what happened, why, and the button that tries again. */
export function QueryError({ error, onRetry, className }: QueryErrorProps) {
  const say = useErrorText();
  const { title, description } = say(errorFacts(error));
  return <ErrorState title={title} description={description} onRetry={onRetry} className={className} />;
}

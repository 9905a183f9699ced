import type { Result } from "@/runtime/graph/result";

/** Why a sealed text stays closed, with an English sentence that says so. */
export interface VaultRefusal {
  readonly reason: "not-permitted" | "unreadable";
  readonly message: string;
}

/** For what the events of a run must not hold readable. */
export interface Vault {
  /** A cipher that only a step of the same run can open. */
  seal(text: string): Promise<string>;
  /** Opens for a run whose reader may see personal data; each opening is written down in the audit log. */
  open(sealed: string): Promise<Result<string, VaultRefusal>>;
  /** Twelve hex digits: the same for a text in every run of the workspace, and of no use to whoever tries texts against them. */
  fingerprint(text: string): Promise<string>;
}

/** What examples of steps say of it. */
export interface VaultScript {
  /** The reader of the run may not see what was sealed. */
  readonly vaultClosed?: boolean;
}

export const vault = { called: "a vault", bind: (provided: Vault): Vault => provided };

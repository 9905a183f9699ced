import type { ReviewerRole } from "@/runtime/node/people";
import { permits } from "@/server/platform/guard/access";
import type { Role } from "@/server/platform/guard/role";
import type { Obstacle } from "./inbox.types";

/** Whoever wants to answer: a member of the workspace, or a key that stands in for its people. */
export interface Reviewer {
  /** `user:<id>` or `key:<id>`. */
  readonly id: string;
  readonly name: string;
  /** null for a key. */
  readonly email: string | null;
  readonly role: Role;
  readonly seesPersonalData: boolean;
}

export interface AskedOf {
  readonly state: string;
  readonly role: ReviewerRole;
  readonly emails: readonly string[];
  readonly escalatedTo: ReviewerRole | null;
  readonly excludesAuthor: boolean;
  readonly dueAt: Date;
  readonly reservedBy: string | null;
  readonly reservedUntil: Date | null;
  /** `user:<id>` and `key:<id>` of whoever started the run or kept the version that runs. */
  readonly authors: readonly string[];
  /** Who has approved in the present round. */
  readonly approvedBy: readonly string[];
}

const isAsked = ({ role, emails, escalatedTo }: AskedOf, reviewer: Reviewer): boolean => {
  if (reviewer.role === "owner") return true;
  if (escalatedTo !== null && permits(reviewer.role, escalatedTo)) return true;
  if (emails.length === 0) return permits(reviewer.role, role);
  return reviewer.email !== null && emails.some((email) => email.toLowerCase() === reviewer.email?.toLowerCase());
};

/** Why somebody may not answer now; null where they may. */
export const obstacleOf = (task: AskedOf, reviewer: Reviewer, now: Date): Obstacle | null => {
  if (task.state !== "open") return "closed";
  if (task.dueAt.getTime() <= now.getTime()) return "late";
  if (!isAsked(task, reviewer)) return "not-asked";
  if (task.excludesAuthor && task.authors.includes(reviewer.id)) return "author";
  if (task.approvedBy.includes(reviewer.id)) return "twice";
  const isReserved = task.reservedUntil !== null && task.reservedUntil.getTime() > now.getTime();
  // Owners are not kept out by who only holds it open.
  if (isReserved && task.reservedBy !== reviewer.id && reviewer.role !== "owner") return "reserved";
  return null;
};

import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AnswerPage } from "@/components/answer/answer-page";
import { openLink } from "@/server/domain/inbox/open-link";
import { getDatabase } from "@/server/platform/db/database";

interface AnswerByLinkProps {
  readonly params: Promise<{ readonly token: string }>;
}

export const metadata: Metadata = { robots: { index: false, follow: false }, referrer: "no-referrer" };

/** The question behind a mailed link. Only looked at: the answer is sent from the page. */
export default async function AnswerByLink({ params }: AnswerByLinkProps) {
  const { token } = await params;
  const link = await openLink(await getDatabase(), token);
  if (link === null) notFound();
  return <AnswerPage token={token} task={link.task} isUsed={link.isUsed} />;
}

import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ProposePage } from "@/components/proposals/propose-page";

interface ProposeRouteProps {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("proposals"))("propose") };
}

export default async function ProposeRoute({ params, searchParams }: ProposeRouteProps) {
  const [{ id }, { run }] = await Promise.all([params, searchParams]);
  return <ProposePage id={id} runId={typeof run === "string" && /^[\w-]{1,64}$/u.test(run) ? run : null} />;
}
